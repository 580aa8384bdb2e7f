"""Sentence patterns of those who reply."""

from scraper.sample.topics import Pair

GREETINGS: tuple[Pair, ...] = (
    ("Hello: {Name}, thank you for your question.", "您好：{name}，謝謝您的提問。"),
    ("Hello: from what you describe, your trouble with {topic} is likely related to {c1}.",
     "您好：依您的描述，{topic}很可能和{c1}有關。"),
    ("Hello {Name}: I understand that this is worrying.", "{name}您好：我了解您的擔心。"),
    ("Hello, based on your words it is too early to speak of an illness.",
     "您好，就您所說，現在談疾病還太早。"),
    ("Dear {Name}: your account is very clear.", "{name}您好：您描述得很清楚。"),
    ("Hello:", "您好："),
)  # fmt: skip
EXPLAINING: tuple[Pair, ...] = (
    ("{C1} can cause exactly what you tell us.", "{c1}就可能造成您說的情形。"),
    ("In most people the trouble goes back to {c1} or {c2}.", "大部分人的{topic}來自{c1}或{c2}。"),
    ("It's less often due to {c2}, which should still be kept in mind.",
     "比較少見的是{c2}，但仍要留意。"),
    ("At your age a serious cause is rare, yet not impossible.",
     "以您的年齡，嚴重的原因很少見，但不是完全沒有。"),
    ('What you call "{word}" is one part of it, but not the whole.',
     '您說的"{word}"只是一部分，不是全部。'),
    ("That it comes {when} fits this well.", "它在{when}出現，這點很吻合。"),
    ("The function of the affected part is normal between attacks.",
     "發作之間的功能是正常的。"),
    ("I wouldn't read too much into a single value.", "單一次的數值不必過度解讀。"),
    ("A history of {few} weeks is short for {topic}.", "以{topic}來說，{few}個星期算短。"),
    ("Your description permits no certain diagnosis without an examination.",
     "沒有親自檢查，不能只憑描述確定診斷。"),
)  # fmt: skip
ADVISING: tuple[Pair, ...] = (
    ("I would suggest {t1} before anything else.", "建議先安排{t1}。"),
    ("{T1} will usually settle the matter.", "{t1}通常就能確定。"),
    ("{H1} is worth trying for {few} weeks.", "{h1}值得試{few}個星期。"),
    ("Many patients report success with {h2}.", "很多病人覺得{h2}有效。"),
    ("Please combine {h1} with {h2}.", "請同時{h1}，並且{h2}。"),
    ("If it gets worse {when}, come to the clinic earlier.", "如果{when}變嚴重，請提早回診。"),
    ("Do not stop any medicine that you were given.", "醫師開的藥請不要自行停用。"),
    ("Avoid {c1} as far as your work allows.", "在工作許可下盡量避免{c1}。"),
    ("An appointment in our department takes {few} minutes and spares you weeks of worry.",
     "來本科門診只要{few}分鐘，就不用擔心好幾週。"),
    ("Keep a note of the days on which it happens.", "請記下發作的日子。"),
    ("Painkillers more than {few} times a month do more harm than good.",
     "一個月吃超過{few}次止痛藥，壞處比好處多。"),
)  # fmt: skip
CLOSINGS: tuple[Pair, ...] = (
    ("Wishing you good health and peace.", "祝您健康平安。"),
    ("Dr. {Family} from {Hospital} cares about you.", "{hospital}{family}醫師關心您。"),
    ("I wish you a quick recovery.", "祝早日康復。"), ("Take care.", "請多保重。"),
    ("Please ask again if anything is unclear.", "若有不清楚的地方歡迎再問。"),
    ("Yours, Dr. {Family}.", "{family}醫師敬上。"),
)  # fmt: skip
ADDENDA: tuple[Pair, ...] = (
    ("Addition: new guidance puts {t1} first.", "補充：新的建議是先做{t1}。"),
    ("Correction: please do not begin with {h1} before the examination.",
     "更正：檢查之前請先不要{h1}。"),
    ("Addition: {few} weeks of patience are normal.", "補充：耐心等{few}個星期是正常的。"),
    ("Note added later: {c2} has become the more likely cause.",
     "後記：{c2}的可能性比較大。"),
)  # fmt: skip
SECOND: tuple[Pair, ...] = (
    ("Hello: I agree with my colleague and would only add {h2}.",
     "您好：我同意前面醫師的看法，另外建議{h2}。"),
    ("Hello: seen from my side, {t1} could wait.", "您好：從我的角度看，{t1}可以緩一緩。"),
)  # fmt: skip
