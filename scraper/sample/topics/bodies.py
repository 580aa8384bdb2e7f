"""What people ask in dermatology, cardiology, gastroenterology and orthopedics."""

TEXT = """
@ Dermatology | 皮膚科
# Itchy Rash | 皮膚癢疹
s red patches itch on both forearms | 兩隻前臂長紅斑又癢
s I scratch in my sleep until it bleeds | 睡夢中會抓到流血
s the rash comes back after every shower | 每次洗完澡疹子又出來
c dry skin and hot showers | 皮膚乾燥和熱水澡
c contact with a new detergent | 接觸新的清潔劑
t a patch test | 貼膚試驗
h putting on cream within three minutes | 三分鐘內擦上乳液
h washing with lukewarm water | 用溫水洗澡
# Herpes Zoster | 帶狀疱疹
s a belt of blisters runs around my ribs | 肋骨邊長了一圈水泡
s the skin burned before anything was seen | 還沒看到東西皮膚就灼痛
s a shirt on the skin is too much | 衣服碰到皮膚都受不了
c a virus that had slept in the nerve | 潛伏在神經裡的疱疹病毒
c defences weakened by strain | 壓力使抵抗力變差
t a look at the blisters by a doctor | 由醫師檢視水泡
h starting tablets within three days | 三天內開始吃藥
h keeping away from pregnant women | 避免接觸孕婦
# Adult Acne | 成人痘
s deep spots grow along my jaw | 下巴長出很深的痘子
s old marks stay for months | 舊的痘疤幾個月都不退
s my skin shines an hour after washing | 洗完臉一小時就出油
c hormones and blocked pores | 荷爾蒙和毛孔阻塞
c rich creams and make-up | 太油的乳霜和化妝品
t a look at your skin care products | 檢視您的保養品
h washing twice a day and no more | 一天洗臉兩次就好
h giving a gel eight weeks of time | 藥膏要擦滿八週
# Hair Loss | 掉髮
s hair covers the drain after washing | 洗完頭排水孔都是頭髮
s I can see my scalp in the mirror | 照鏡子看得到頭皮
s a round bald spot has appeared | 出現一個圓形禿
c a fever or birth three months ago | 三個月前發燒或生產
c low iron in the blood | 血中鐵質偏低
t a blood count with iron | 血球和鐵質檢查
h eating enough protein | 攝取足夠蛋白質
h waiting half a year before judging | 等半年再下判斷

@ Cardiology | 心臟內科
# Palpitations | 心悸
s my heart stumbles and then thumps | 心臟會漏一拍再用力跳
s I feel my pulse in my throat | 喉嚨感覺得到心跳
s it races after one flight of stairs | 爬一層樓就跳很快
c harmless extra beats | 良性的早期收縮
c a lack of sleep and energy drinks | 睡眠不足和提神飲料
t a day-long heart recording | 二十四小時心電圖
h noting the time of every attack | 記下每次發作的時間
h leaving out energy drinks | 不喝提神飲料
# High Blood Pressure | 高血壓
s my readings at home are above 150 | 在家量都超過150
s my head throbs in the morning | 早上頭會脹痛
s the numbers differ from arm to arm | 兩隻手量的數字不一樣
c salt, weight and family history | 鹽分、體重和家族史
c a cuff that is too small | 壓脈帶太小
t readings on seven mornings | 連續七天早上的血壓
h cooking with half the salt | 煮飯鹽量減半
h walking briskly five days a week | 每週快走五天
# Chest Tightness | 胸悶
s a weight seems to lie on my chest | 胸口像壓著石頭
s I sigh without wanting to | 會不自覺地嘆氣
s the left side stings for seconds | 左胸會刺痛幾秒
c tension of the chest muscles | 胸部肌肉緊繃
c narrow vessels of the heart | 心臟血管狹窄
t an exercise test | 運動心電圖
h going to an emergency room if it lasts | 持續不退就到急診
h stopping smoking | 戒菸
# Swollen Ankles | 腳踝水腫
s my socks leave deep rings | 襪子會留下很深的痕跡
s my shoes are tight in the evening | 傍晚鞋子就變緊
s a finger leaves a dent in my shin | 小腿一壓就凹下去
c weak valves of the leg veins | 腿部靜脈瓣膜功能不好
c a tablet for blood pressure | 降血壓藥
t an ultrasound of heart and veins | 心臟和靜脈超音波
h raising the legs for twenty minutes | 抬腿二十分鐘
h wearing support stockings | 穿彈性襪

@ Gastroenterology | 肝膽腸胃科
# Heartburn | 胃食道逆流
s acid rises into my mouth at night | 半夜胃酸會衝到嘴裡
s my breastbone burns after meals | 飯後胸骨後面灼熱
s I cough when I lie flat | 平躺就會咳嗽
c a weak valve above the stomach | 胃上方的瓣膜鬆弛
c late and heavy meals | 太晚吃又吃太多
t a gastroscopy | 胃鏡檢查
h raising the head of the bed | 把床頭墊高
h eating dinner before seven | 七點前吃完晚餐
# Irritable Bowel | 腸躁症
s I must run to the toilet before exams | 考試前一定要跑廁所
s my belly blows up like a drum | 肚子脹得像鼓
s hard and loose stools take turns | 便秘和腹瀉輪流來
c a sensitive bowel under stress | 壓力下敏感的腸道
c foods that ferment | 容易發酵的食物
t a stool test and a blood count | 糞便和血球檢查
h keeping a diary of food | 寫飲食日記
h eating slowly and at fixed times | 定時並慢慢吃
# Fatty Liver | 脂肪肝
s a check-up found a bright liver | 健檢說有脂肪肝
s my liver value is 78 | 肝指數是78
s I feel heavy under the right ribs | 右邊肋骨下悶悶的
c sugar drinks and too little movement | 含糖飲料和缺少活動
c drugs that strain the liver | 傷肝的藥物
t an ultrasound every half year | 每半年一次超音波
h losing five per cent of your weight | 減去百分之五的體重
h drinking water in place of juice | 用白開水代替果汁
# Blood On The Paper | 便血
s there is bright red blood on the paper | 衛生紙上有鮮紅色的血
s it stings when I go | 上廁所時會刺痛
s something soft can be felt outside | 外面摸得到軟軟的東西
c a small tear or piles | 小裂傷或痔瘡
c hard stools and long sitting | 大便太硬和久坐
t a colonoscopy after the age of forty | 四十歲後做大腸鏡
h eating more fibre | 多吃纖維
h taking a warm sitz bath | 溫水坐浴

@ Orthopedics | 骨科
# Knee Pain | 膝蓋痛
s my knee creaks on the stairs | 上下樓膝蓋會喀喀響
s it swells after a long walk | 走久了會腫
s I cannot kneel any more | 沒辦法跪下
c worn cartilage | 軟骨磨損
c a weak thigh muscle | 大腿肌力不足
t an X-ray taken while standing | 站立的X光
h strengthening the thigh every day | 每天訓練大腿肌力
h cycling in place of running | 用騎車代替跑步
# Frozen Shoulder | 五十肩
s I cannot reach the top shelf | 手舉不到上層架子
s lying on that side wakes me | 側睡會痛醒
s fastening a zip behind my back is impossible | 沒辦法拉背後的拉鍊
c a capsule that has shrunk | 關節囊沾黏
c rest that lasted too long | 太久沒活動
t an ultrasound of the tendons | 肌腱超音波
h letting the arm swing like a pendulum | 做鐘擺運動
h walking the fingers up a wall | 做手指爬牆運動
# Heel Pain | 足跟痛
s the first step in the morning is agony | 早上第一步痛得不得了
s my heel aches after standing in class | 站著上課後腳跟會痛
s a point under the heel is sore | 腳跟下面有個痛點
c an overloaded band under the foot | 足底筋膜負荷過重
c thin soles on hard floors | 鞋底太薄又走硬地
t an examination of the foot | 足部理學檢查
h rolling the sole over a bottle | 用腳底滾瓶子
h wearing shoes with a soft heel | 穿軟墊的鞋子
# Trigger Finger | 板機指
s my ring finger locks when I bend it | 無名指彎了會卡住
s it snaps open with a click | 會啪一聲彈開
s my palm is tender near the finger | 手掌靠近指根會痛
c a thick sheath around the tendon | 腱鞘變厚
c gripping tools for hours | 長時間握工具
t nothing but an examination by hand | 醫師觸診即可
h resting the hand for three weeks | 讓手休息三星期
h having one injection | 打一針
"""
