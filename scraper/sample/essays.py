"""Sentence patterns of the site's own essay under "More Info"."""

from scraper.sample.topics import Pair

INTROS: tuple[Pair, ...] = (
    (("Trouble with {topic} is a frequent reason for a visit to {Department}, and it is"
     " seldom a sign of danger. Even so, it can wear people down. This overview explains where"
     " it comes from, how it is examined and what may be done in daily life."),
     ("{topic}是{department}門診常見的問題，很少代表危險，但長期下來仍會讓人疲憊。"
     "這篇整理說明它的來源、檢查方式，以及日常生活中可以怎麼做。")),
    (("Whoever lives with {topic} knows how hard it is to describe. The complaint changes from"
     " day to day, and what helps one person leaves another cold. A few facts make it easier to"
     " talk with a doctor about it."),
     ("和{topic}相處的人都知道它有多難形容，每天的感覺不同，對別人有效的方法自己不一定有用。"
     "了解一些基本知識，看診時會比較容易說明。")),
    (('Questions about {topic} often come down to one: is this "{word}" or something else? The'
     " answer lies in the details, such as how long it lasts and whether it appears {when}."),
     ('關於{topic}的疑問，常常可以歸結為一個：這是"{word}"還是別的問題？'
     "答案在細節裡，例如持續多久、是否在{when}出現。")),
    (("This article gathers what is known about {topic} in plain words. It can't replace an"
     " examination, but it may help you to decide how urgent yours is."),
     "本文用簡單的話整理{topic}的相關知識，不能取代檢查，但可以幫助您判斷緊急程度。"),
)  # fmt: skip
HEADINGS: tuple[Pair, ...] = (
    ("Common Causes of {Topic}:", "{topic}的常見原因："),
    ("How {Topic} Develops:", "{topic}的形成過程："),
    ("Examinations:", "檢查方式："),
    ("{Topic} and {Word}:", "{topic}與{word}："),
    ("Warning Signs:", "警訊："),
    ("Treatment Options:", "治療選擇："),
    ("Everyday Life with {Topic}:", "日常生活："),
    ("What Research Says:", "研究怎麼說："),
)  # fmt: skip
BODY: tuple[Pair, ...] = (
    (("The first suspect is {c1}. It builds up slowly, so that many people notice it only after"
     " {long}, when a small event brings it to the surface."),
     "最先要懷疑的是{c1}。它慢慢累積，很多人要到{long}後因為一件小事才發覺。"),
    (("A second cause, {c2}, is found less often but is easy to overlook. Both may exist together,"
     " and then treating one of them does only half of the work."),
     "第二個原因是{c2}，比較少見卻容易忽略。兩者可能同時存在，只處理一個就只做了一半。"),
    (("Doctors distinguish between complaints that come {when} and those that last all day. The"
     " former point to {word}, the latter call for {t1} within {few} weeks."),
     "醫師會區分{when}出現的和整天持續的症狀。前者多和{word}有關，後者建議在{few}週內做{t1}。"),
    (("{T1}: painless, and done in about {few} minutes. Its value lies in what it rules out: a"
     " normal finding makes the dangerous causes very unlikely."),
     "{t1}不會痛，大約{few}分鐘。它的價值在於排除：結果正常時，危險的原因就很不可能了。"),
    (("Among adults {few} in a hundred know this complaint, women somewhat more often than men."
     " In children it looks different and usually passes without treatment."),
     "成人中每一百人約有{few}人有這種困擾，女性略多於男性；兒童的表現不同，多半不需治療。"),
    (("Medicine has its place, but habits weigh more. In practice {h1} brings more relief than"
     " most people expect, provided that it's kept up for {long}."),
     "藥物有它的角色，但習慣更重要。實際上{h1}只要持續{long}，效果比多數人想的好。"),
    (("Sleep, meals and movement form the ground on which every therapy stands. Changing one of"
     " them at a time shows what really matters for you."),
     "睡眠、飲食和活動是所有治療的基礎，一次改變一項，才看得出什麼對您真正重要。"),
    (("Fear makes {topic} feel stronger, and a stronger feeling feeds the fear. Naming this circle"
     " is often the moment at which it starts to lose its force."),
     "害怕會讓{topic}感覺更強，感覺更強又更害怕。說出這個循環，往往就是它減弱的開始。"),
    (("Seek help at once if there's sudden weakness, high fever, or pain that doesn't let you rest."
     " In all other cases a planned appointment is soon enough."),
     "若突然無力、高燒或痛到無法休息，請立刻就醫；其他情形安排門診就來得及。"),
    (("Experience shows that {h2} does no harm and costs nothing. Together with {h1} it forms the"
     " first step of every plan."),
     "經驗顯示{h2}沒有壞處也不花錢，和{h1}一起是每個計畫的第一步。"),
    (("Age plays its part. What is a passing nuisance at twenty may be the first sign of wear at"
      " sixty, and the very same words then lead a doctor to another examination: {t1} instead of"
      " a friendly word."),
     "年齡也有影響。二十歲時只是小困擾，六十歲可能是退化的第一個訊號，同樣的描述，醫師會安排{t1}。"),
    (("Work shapes it as well. People who sit for more than {few} hours, lift loads or work in"
      " shifts report {topic} about twice as often, and many notice a change {when}."),
     "工作也有關係。久坐超過{few}小時、搬重物或輪班的人，{topic}的比例約為兩倍，很多人在{when}會有變化。"),
    (("Not every remedy on the internet keeps its promise. Teas, patches and costly devices help"
      " mainly those who sell them; {h1} has been tested and found useful in small studies."),
     "網路上的偏方不一定有效。茶包、貼布和昂貴的儀器多半只幫到賣家，{h1}則有小型研究支持。"),
    (('For the family it is hard to watch. A calm "I believe you" does more good than ten pieces'
      " of advice, and going along to the appointment helps to remember what was said."),
     '家人看了也難受。一句平靜的"我相信你"比十個建議有用，陪同看診也能幫忙記住醫師說的話。'),
    (("Relapses belong to the course. They do not mean that everything was in vain: as a rule the"
      " second episode is shorter than the first, and after {long} most people are free of it."),
     "復發是過程的一部分，不代表白費力氣。通常第二次比第一次短，{long}後多數人就不再困擾。"),
    (("Costs and waiting times differ. {T1} can be had at most district hospitals, often within"
      " {few} weeks; a referral by your family doctor speeds things up."),
     "費用和等候時間不同。多數地區醫院可以做{t1}，通常{few}週內排得到，由家庭醫師轉診會更快。"),
)  # fmt: skip
LISTS: tuple[Pair, ...] = (
    ("Helpful measures include:", "有幫助的做法包括："),
    ("The following steps are advised:", "建議採取下列步驟："),
    ("Before the appointment it is useful to prepare:", "看診前可以先準備："),
)  # fmt: skip
ITEMS: tuple[Pair, ...] = (
    ("- {H1}: A measure for every day that needs no prescription.", "- {h1}：不需處方，每天可做。"),
    ("- {H2}: Most useful {when}.", "- {h2}：{when}最有用。"),
    ("- A diary: Note date, hour and strength for {few} weeks.",
     "- 日記：連續{few}週記下日期、時間和程度。"),
    ("- {T1}: To be discussed with your doctor.", "- {t1}：請與醫師討論。"),
    ("- A list of medicines: Bring the boxes, vitamins as well.",
     "- 用藥清單：藥盒和維他命都帶來。"),
    ("- Regular, gentle exercise: {few} times a week at your own pace.",
     "- 規律而溫和的運動：每週{few}次，量力而為。"),
    ("- Rest: Short breaks do more than one long one.", "- 休息：多次短休勝過一次長休。"),
)  # fmt: skip
ENDINGS: tuple[Pair, ...] = (
    (("In conclusion, trouble with {topic} is as a rule harmless—the sooner {c1} can be"
     " recognised, the better. Regular visits and a calm eye on one's own body help to keep it in"
     " check for as long as possible."),
     ("總之，{topic}通常無害而且可以治療，越早發現{c1}越好。"
     "定期追蹤並平靜地觀察自己的身體，有助於長期控制。")),
    (("To sum up: take {topic} seriously, but not tragically. {H1} and, where needed, {t1} are what"
     " most people require."),
     "總結來說，{topic}要重視但不必驚慌。多數人需要的是{h1}，必要時再做{t1}。"),
)  # fmt: skip
