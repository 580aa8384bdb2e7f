"""Sentence patterns of those who ask: title, headline, question."""

from scraper.sample.topics import Pair

TITLES: tuple[Pair, ...] = (
    ("Understanding {Topic}: {Word} or {Word2}?", "認識{topic}：{word}還是{word2}？"),
    ("{Topic} for {Long}: When to See a Doctor", "{topic}已經{long}：何時該就醫"),
    ("{Topic}: Dangerous or Not? Causes and Next Steps", "{topic}危險嗎？原因與下一步"),
    ("Living with {Topic}: What Helps {Then}", "與{topic}共處：{when}該怎麼辦"),
    ("{Topic}: Is {Word} to Blame?", "{topic}：是{word}惹的禍嗎？"),
    ("Persistent {Topic}, {Word} and Daily Life", "持續的{topic}、{word}與日常生活"),
    ("{Topic} {Then}: A Question of {Word2}", "{when}的{topic}：{word2}的問題"),
    ("{Topic}: Why It Returns after {Long}", "為什麼{topic}過了{long}又復發"),
)
WORDS: tuple[Pair, ...] = (
    ("Fatigue", "疲勞"), ("Nerves", "神經"), ("Strain", "勞累"), ("Ageing", "老化"),
    ("Habit", "習慣"), ("Infection", "感染"), ("Stress", "壓力"), ("Diet", "飲食"),
    ("Posture", "姿勢"), ("Sleep", "睡眠"), ("Weather", "天氣"), ("Medicine", "用藥"),
    ("Exercise", "運動"), ("Allergy", "過敏"), ("Hormones", "荷爾蒙"), ("Worry", "焦慮"),
)  # fmt: skip
HEADLINES: tuple[Pair, ...] = (
    ("{Topic}", "{topic}"), ("About {topic}", "關於{topic}"),
    ("{Topic} for {long}", "{topic}{long}了"), ("Please help with {topic}", "{topic}請教"),
    ("{Topic} and {word}", "{topic}和{word}"), ("A question on {topic}", "想問{topic}的問題"),
    ("Is it {topic}?", "這是{topic}嗎"), ("{Topic} {when}", "{when}{topic}"),
)  # fmt: skip
OPENERS: tuple[Pair, ...] = (
    ("Hello, doctor.", "醫師您好。"), ("Hello.", "您好。"), ("Good evening, doctor.", "醫師晚安。"),
    ("Dear doctor, I hope you can advise me.", "親愛的醫師，希望您能給我建議。"),
    ("Thank you for reading my question.", "謝謝您看我的問題。"),
    ("I am writing because I do not know where else to ask.", "不知道還能問誰，所以來這裡請教。"),
    ("Sorry to disturb you, doctor.", "不好意思打擾醫師。"),
)  # fmt: skip
TELLING: tuple[Pair, ...] = (
    ("For {long} now, {s1}.", "這{long}以來，{s1}。"),
    ("It began {long} ago: {s1}, and {s2}.", "大約{long}前開始，{s1}，而且{s2}。"),
    ("{When} {s1}.", "{when}{s1}。"),
    ("{S2}, above all {when}.", "{s2}，尤其是{when}。"),
    ("Since the end of {month}, {s3}, and I feel worse {when}.",
     "從{month}底開始，{s3}，{when}更不舒服。"),
    ("My wife calls it \"nerves\", but {s1} and I don't believe her.",
     '家人說這叫"想太多"，可是{s1}，我不太相信。'),
    ("On some days it's hardly there, on others {s2}.", "有時候幾乎沒有，有時候{s2}。"),
    ("I have counted: {s3} about {few} times a week.", "我算過，一星期大約有{few}次{s3}。"),
    ("At first I thought it was {word2}, then {s2}.", "一開始以為是{word2}的關係，後來{s2}。"),
    ("On a scale of ten it's about {few}.", "以十分來說大概是{few}分。"),
    ("{S1} & {s3}.", "{s1}，{s3}。"),
)  # fmt: skip
TRIED: tuple[Pair, ...] = (
    ("I have already tried {h1} without much luck.", "我已經試過{h1}，效果不大。"),
    ("The pharmacy gave me something for {few} days, but it came back.",
     "藥局給我{few}天的藥，停了又來。"),
    ("A clinic nearby spoke of {c1} and sent me home.", "附近診所說是{c1}，就叫我回家。"),
    ("I had {t1} last {month} and was told that all is well.", "去年{month}做過{t1}，說都正常。"),
    ("My temperature was < 37.5 each time I measured it.", "每次量體溫都 < 37.5 度。"),
    ("I do not smoke, and I drink a glass of wine {few} times a month.",
     "我不抽菸，一個月喝{few}次酒。"),
    ("I read about {c2} on the internet and couldn't sleep for worry.",
     "上網看到{c2}，擔心得睡不著。"),
    ('A colleague had "the same thing" and needed an operation.',
     '同事有"一樣的症狀"，結果要開刀。'),
    ("Nobody else in my family has had it.", "家裡沒有其他人這樣。"),
    ("I take no other medicine apart from vitamins.", "除了維他命沒有吃其他藥。"),
)  # fmt: skip
ASKING: tuple[Pair, ...] = (
    ("Could it be {c1}?", "會不會是{c1}？"), ("Do I need {t1}?", "我需要做{t1}嗎？"),
    ("Is it dangerous to wait {few} more weeks?", "再等{few}個星期會不會有危險？"),
    ("Which department should I see first?", "應該先看哪一科？"),
    ("Would {h2} be of any use?", "{h2}會有幫助嗎？"),
    ("What can I do until my appointment in {month}?", "{month}看診之前我可以怎麼做？"),
    ("Could {c2} explain all of this?", "{c2}能解釋這些情況嗎？"),
    ("Is there anything I mustn't do?", "有什麼不能做的事嗎？"),
    ("Should I worry about {topic}?", "我該擔心{topic}嗎？"),
)  # fmt: skip
THANKS: tuple[Pair, ...] = (
    ("Thank you very much.", "非常感謝。"), ("Many thanks for your time.", "謝謝醫師撥空回答。"),
    ("I look forward to your answer.", "期待您的回覆。"), ("Thank you, doctor!", "謝謝醫師！"),
)  # fmt: skip
MENTIONS: tuple[Pair, ...] = (
    ("After asking about #{cited}, I followed the advice for {few} weeks.",
     "之前問過 #{cited} 之後，我照著做了{few}個星期。"),
    ("I have read #{cited} and it sounds like my case.", "我看過 #{cited}，跟我的情況很像。"),
    ("I am the patient with ID {cited} who asked you in {month}.",
     "我是{month}發問的編號 {cited} 的病人。"),
)  # fmt: skip
HOSTILE: tuple[str, ...] = (
    "<script>alert('qa')</script> was in the letter.",
    '<img src=x onerror="alert(1)"> came up on my telephone.',
    "My form said javascript:alert(document.domain) and nothing else.",
    "The printout shows {{7*7}} ${{7*7}} <%= 7*7 %> instead of my value.",
    '=HYPERLINK("http://sheet.example/","see my values")',
    "+1+cmd|' /C calc'!A0",
    "My file is called \u202egnp.eman\u202c on this computer.",
    "Robert'); DROP TABLE questions;-- is what the receptionist typed.",
    "</div></td></p><!-- the page ended here",
    "I clicked on More Info: and on Reply Date: but found no answer there.",
)
