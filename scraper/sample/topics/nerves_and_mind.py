"""What people ask in neurology, psychiatry, ophthalmology and otolaryngology."""

TEXT = """
@ Neurology | 神經科
# Muscle Twitching | 肌肉跳動
s the muscles of my calf keep twitching | 小腿的肌肉一直跳動
s my left eyelid flutters on and off | 左眼皮斷斷續續地跳
s I see small ripples under the skin of my thigh | 大腿皮膚下看得到小小的波動
c tired muscles and too little sleep | 肌肉疲勞和睡眠不足
c a good deal of coffee and tension | 咖啡喝太多又緊張
t a nerve conduction study | 神經傳導檢查
h stretching gently before bed | 睡前輕柔伸展
h drinking less coffee for two weeks | 兩星期內少喝咖啡
# Tension Headache | 緊張型頭痛
s a tight band seems to press around my head | 頭上像被帶子箍住一樣
s my temples ache every afternoon | 每天下午太陽穴都會痛
s the back of my neck feels like wood | 後頸硬得像木頭
c long hours in front of a screen | 長時間盯著螢幕
c stiff shoulder muscles | 肩膀肌肉僵硬
t a simple neurological examination | 簡單的神經學檢查
h resting your eyes once an hour | 每小時讓眼睛休息一次
h using a warm towel on the neck | 用熱毛巾敷頸部
# Hand Numbness | 手麻
s my fingertips go numb at night | 晚上指尖會發麻
s I drop my cup without noticing | 杯子掉了都沒發覺
s my wrist tingles when I type | 打字時手腕刺刺麻麻的
c pressure on the nerve at the wrist | 手腕的神經受到壓迫
c sleeping on a bent arm | 睡覺時壓著手臂
t an electrodiagnostic study of the arm | 手臂的電學檢查
h wearing a soft splint at night | 晚上戴軟式護腕
h keeping the wrist straight at work | 工作時讓手腕保持平直
# Dizziness On Standing | 起身頭暈
s the room tilts when I stand up | 一站起來房間就像斜了一樣
s everything turns grey for a few seconds | 眼前會發黑幾秒鐘
s my legs feel hollow after a hot bath | 泡完熱水澡腿就軟軟的
c a short drop of blood pressure | 血壓短暫下降
c not drinking enough water | 水喝得不夠
t blood pressure lying and standing | 躺著和站著的血壓
h getting up in two steps | 分兩段起身
h drinking water before getting out of bed | 起床前先喝水

@ Psychiatry | 精神科
# Trouble Falling Asleep | 入睡困難
s I lie awake until three o'clock | 躺到半夜三點還睡不著
s my thoughts race as soon as the light is off | 一關燈腦子就停不下來
s I wake up before the alarm and stay tired | 鬧鐘響前就醒了卻還是累
c worry that is carried into the bedroom | 把煩惱帶進臥房
c an irregular daily rhythm | 作息不規律
t a sleep diary of two weeks | 兩星期的睡眠日記
h leaving the telephone outside the bedroom | 手機不要帶進臥房
h getting up at the same time every day | 每天固定時間起床
# Panic Attacks | 恐慌發作
s my heart pounds out of nowhere on the train | 搭車時心臟會突然狂跳
s I feel that I cannot get enough air | 覺得吸不到氣
s my hands shake and I want to run away | 手發抖而且很想逃走
c a false alarm of the nervous system | 神經系統的誤報
c weeks of strain at work | 連續幾週的工作壓力
t a thyroid blood test | 甲狀腺抽血檢查
h breathing out slowly and counting to six | 慢慢吐氣數到六
h staying where you are until it fades | 留在原地等它過去
# Low Mood | 情緒低落
s nothing gives me joy any more | 做什麼都開心不起來
s I cry over small things | 一點小事就想哭
s I have no appetite and lose weight | 沒有胃口而且變瘦
c a long time of grief or overload | 長期悲傷或負荷過重
c too little daylight and exercise | 日照和運動太少
t a mood questionnaire at the clinic | 門診的情緒量表
h walking outside for half an hour a day | 每天到戶外走半小時
h telling one person whom you trust | 找一個信任的人說說
# Checking Habits | 反覆檢查
s I go back to the door ten times | 會回去檢查門鎖十次
s I wash my hands until the skin cracks | 洗手洗到皮膚裂開
s one frightening thought keeps returning | 有個可怕的念頭一直回來
c doubt that grows with every check | 越檢查越不放心
c a family tendency to worry | 家族容易擔心的體質
t an interview with a psychologist | 與心理師會談
h delaying each check by five minutes | 每次檢查前先拖延五分鐘
h learning exposure exercises with a therapist | 和治療師學習暴露練習

@ Ophthalmology | 眼科
# Floaters | 飛蚊症
s small threads drift across my view | 眼前有小絲線飄來飄去
s I see black dots against the sky | 看天空時有黑點
s a grey cobweb follows my gaze | 灰色的蜘蛛網跟著視線跑
c ageing of the vitreous body | 玻璃體老化
c strong short-sightedness | 高度近視
t an examination with a widened pupil | 散瞳眼底檢查
h coming at once if you see flashes | 看到閃光就立刻就診
h wearing sunglasses on bright days | 大晴天戴太陽眼鏡
# Dry Eyes | 乾眼症
s my eyes burn by the end of the day | 一到傍晚眼睛就灼熱
s it feels as if sand were under the lid | 眼皮下好像有沙子
s my sight blurs until I blink | 要眨眼才看得清楚
c air conditioning and rare blinking | 冷氣房和眨眼太少
c contact lenses worn too long | 隱形眼鏡戴太久
t a tear film test | 淚液檢查
h using drops without preservatives | 使用不含防腐劑的眼藥水
h blinking on purpose while reading | 閱讀時刻意眨眼
# Red Eye | 眼睛紅
s my right eye is red and sticky | 右眼又紅又黏
s the lids are glued together in the morning | 早上眼皮黏在一起
s bright light hurts | 看到強光會痛
c an infection of the conjunctiva | 結膜感染
c an allergy to pollen | 花粉過敏
t a look through the slit lamp | 裂隙燈檢查
h washing hands and changing towels daily | 勤洗手並每天換毛巾
h leaving contact lenses out for now | 暫時不戴隱形眼鏡
# Double Vision | 複視
s I see two road signs side by side | 路牌會看成兩個並排
s lines of text slide apart | 一行字會分開
s covering one eye makes it stop | 遮住一隻眼就好了
c a tired eye muscle | 眼肌疲勞
c a nerve that is weak for a time | 神經暫時無力
t a test of the eye movements | 眼球運動檢查
h not driving until it is explained | 查明原因前不要開車
h using a patch over one eye for short times | 短時間用眼罩遮一隻眼

@ Otolaryngology | 耳鼻喉科
# Ringing In The Ear | 耳鳴
s a high tone never stops in my right ear | 右耳高頻的聲音沒停過
s I hear my pulse on the pillow | 躺下時聽得到脈搏
s quiet rooms have become unbearable | 安靜的房間讓人受不了
c noise without ear protection | 沒有保護耳朵的噪音
c a plug of ear wax | 耳垢塞住
t a hearing test | 聽力檢查
h having soft background sound at night | 夜裡放輕柔的背景音
h wearing ear plugs at concerts | 聽演唱會戴耳塞
# Blocked Nose | 鼻塞
s I breathe through my mouth all night | 整晚用嘴巴呼吸
s one side of my nose is always closed | 鼻子總有一邊不通
s I cannot smell my coffee | 聞不到咖啡的味道
c a house dust allergy | 塵蟎過敏
c a bent nasal septum | 鼻中膈彎曲
t an endoscopy of the nose | 鼻內視鏡檢查
h rinsing the nose with salt water | 用鹽水洗鼻
h washing bed covers hot every week | 每週用熱水洗床單
# Lump In The Throat | 喉嚨異物感
s something sticks in my throat | 喉嚨卡卡的
s I keep clearing my throat | 一直想清喉嚨
s swallowing saliva is hard but food goes down | 吞口水困難吃飯卻沒事
c stomach acid that rises at night | 夜間胃酸逆流
c tense muscles of the larynx | 喉部肌肉緊繃
t a mirror examination of the larynx | 喉頭鏡檢查
h eating nothing for three hours before bed | 睡前三小時不吃東西
h sipping water in place of clearing the throat | 用喝水代替清喉嚨
# Nosebleed | 流鼻血
s my nose bleeds when I wash my face | 洗臉時會流鼻血
s blood runs down the back of my throat | 血會流到喉嚨後面
s crusts form inside the nostril | 鼻孔裡會結痂
c dry air and small vessels | 空氣乾燥和小血管
c rubbing or picking the nose | 揉鼻子或挖鼻孔
t a blood pressure check | 量血壓
h pressing the soft part for ten minutes | 壓住鼻翼十分鐘
h putting a little ointment inside the nostril | 在鼻孔內擦一點藥膏
"""
