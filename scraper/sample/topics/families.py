"""What people ask in pediatrics, women's health, urology and surgery."""

TEXT = """
@ Pediatrics | 小兒科
# Fever In A Child | 兒童發燒
s my son has had a fever since Friday | 兒子從星期五開始發燒
s it climbs to 39.4 every evening | 每天傍晚燒到39.4度
s he plays when the medicine works | 退燒後他就會玩
c a common virus | 常見的病毒
c an ear infection | 中耳炎
t a look into ears and throat | 檢查耳朵和喉嚨
h giving small sips every ten minutes | 每十分鐘喝一小口水
h dressing the child lightly | 衣服穿少一點
# Picky Eating | 挑食
s my daughter eats nothing but rice | 女兒只肯吃白飯
s she spits out anything green | 綠色的東西都吐出來
s meals take more than an hour | 一餐要吃一個多小時
c a normal phase of growing up | 成長的正常階段
c snacks between meals | 正餐之間吃零食
t a growth chart | 生長曲線
h offering one new food ten times | 同一種新食物給十次
h ending the meal after half an hour | 半小時就收碗
# Bedwetting | 尿床
s my boy still wets the bed at seven | 兒子七歲還會尿床
s he sleeps too deeply to wake up | 他睡得太熟叫不醒
s he is ashamed to sleep at a friend's house | 他不敢去朋友家過夜
c a bladder that ripens late | 膀胱成熟較晚
c constipation that presses | 便秘壓迫
t a urine test | 尿液檢查
h drinking less after six o'clock | 六點後少喝水
h praising dry nights | 稱讚沒尿床的夜晚
# Cough At Night | 夜咳
s my child coughs as soon as she lies down | 孩子一躺下就咳
s she coughs until she vomits | 咳到會吐
s I hear a whistle when she breathes out | 吐氣時有咻咻聲
c sensitive airways after a cold | 感冒後氣管敏感
c dust mites in the mattress | 床墊裡的塵蟎
t listening to the lungs | 聽診肺部
h airing the room before bed | 睡前讓房間通風
h taking cuddly toys out of the bed | 把絨毛玩具拿下床

@ Obstetrics and Gynecology | 婦產科
# Painful Periods | 經痛
s cramps keep me in bed on the first day | 第一天痛到下不了床
s the pain runs down to my knees | 會一路痛到膝蓋
s tablets have stopped working | 止痛藥越來越沒效
c strong contractions of the womb | 子宮收縮太強
c tissue outside its place | 子宮內膜異位
t an ultrasound | 超音波檢查
h taking the tablet before the pain peaks | 在最痛之前先吃藥
h laying a warm pad on the belly | 熱敷肚子
# Irregular Cycle | 月經不規則
s my period is three weeks late | 月經晚了三個星期
s I bled twice in one month | 一個月來了兩次
s the test was negative | 驗孕是陰性
c stress, travel or weight loss | 壓力、旅行或變瘦
c hormones out of step | 荷爾蒙失調
t a hormone blood test | 荷爾蒙抽血
h writing down three cycles | 記錄三次週期
h keeping a steady weight | 維持穩定體重
# Morning Sickness | 孕吐
s I am eight weeks along and cannot eat | 懷孕八週什麼都吃不下
s even water comes up | 連喝水都會吐
s the smell of rice makes me ill | 聞到飯味就想吐
c hormones of early pregnancy | 懷孕初期的荷爾蒙
c an empty stomach in the morning | 早上空腹
t a urine test for ketones | 尿酮檢查
h eating a dry biscuit before rising | 起床前先吃蘇打餅乾
h taking many tiny meals | 少量多餐
# Hot Flushes | 更年期熱潮紅
s heat shoots into my face in meetings | 開會時臉突然發熱
s I wake up in wet sheets | 半夜醒來床單都濕了
s my moods jump for no reason | 情緒無緣無故起伏
c falling hormones around fifty | 五十歲前後荷爾蒙下降
c wine and spicy food | 酒和辛辣食物
t a talk about your risks | 評估您的風險
h wearing layers of cotton | 多層次棉質衣服
h keeping the bedroom cool | 臥房保持涼爽

@ Urology | 泌尿科
# Frequent Urination | 頻尿
s I get up four times a night | 一個晚上起來四次
s I know every toilet in town | 城裡的廁所我都認得
s the urge comes out of the blue | 尿意說來就來
c an overactive bladder | 膀胱過動
c tea and coffee late in the day | 太晚喝茶和咖啡
t a diary of drinking and passing water | 喝水和排尿日記
h training the bladder by five minutes a week | 每週訓練多忍五分鐘
h drinking most before four o'clock | 四點前喝完大部分的水
# Kidney Stone | 腎結石
s a wave of pain runs from back to groin | 從腰一陣一陣痛到鼠蹊
s I cannot sit still when it comes | 痛起來坐立難安
s my urine looked like tea | 尿液像茶的顏色
c too little water in summer | 夏天水喝太少
c a diet rich in salt | 飲食太鹹
t an ultrasound of the kidneys | 腎臟超音波
h drinking until the urine is clear | 喝水喝到尿液變清
h catching the stone in a sieve | 用濾網接住結石
# Burning Urine | 小便灼熱
s it burns at the end | 尿到最後會灼熱
s only a few drops come | 每次只有幾滴
s the smell has changed | 味道跟以前不同
c a bladder infection | 膀胱感染
c holding on for too long | 憋尿太久
t a urine culture | 尿液培養
h finishing all tablets | 把藥全部吃完
h drinking two litres a day | 每天喝兩公升水
# Blood In Urine | 血尿
s my urine was pink after running | 跑步後尿是粉紅色
s the strip showed blood twice | 試紙兩次都驗到血
s there is no pain at all | 完全不會痛
c hard exercise | 激烈運動
c a stone or an infection | 結石或感染
t a look into the bladder | 膀胱鏡檢查
h repeating the test after a week of rest | 休息一週後再驗
h not taking painkillers on your own | 不要自己吃止痛藥

@ Surgery | 外科
# Lump Under The Skin | 皮下腫塊
s a soft lump sits on my back | 背上有顆軟軟的東西
s it moves when I push it | 推了會動
s it has grown to the size of an egg | 已經長到像雞蛋大
c a harmless ball of fat | 良性的脂肪瘤
c a blocked gland | 腺體阻塞
t an ultrasound of the lump | 腫塊超音波
h not squeezing it | 不要去擠
h having it taken out if it grows | 變大就切除
# Groin Hernia | 疝氣
s a bulge appears when I lift boxes | 搬箱子時會凸出一塊
s it slips back when I lie down | 躺下就縮回去
s the groin drags at night | 晚上鼠蹊有下墜感
c a gap in the wall of the belly | 腹壁有缺口
c coughing or lifting for years | 長年咳嗽或搬重物
t an examination while coughing | 咳嗽時的觸診
h planning a small operation | 安排小手術
h coming at once if it becomes hard | 變硬就立刻就醫
# Slow Wound | 傷口癒合慢
s the cut on my foot will not close | 腳上的傷口一直不好
s the edge is red and weeps | 邊緣紅紅的還會滲水
s the stitches came out last week | 上星期才拆線
c sugar in the blood | 血糖偏高
c shoes that rub | 鞋子摩擦
t a blood sugar test | 血糖檢查
h changing the dressing every day | 每天換藥
h keeping weight off the foot | 腳不要承重
# Gallstones | 膽結石
s my upper belly cramps after fried food | 吃炸的上腹就絞痛
s the pain moves to my shoulder blade | 會痛到肩胛骨
s an ultrasound showed three stones | 超音波看到三顆結石
c bile that is too thick | 膽汁太濃
c quick loss of weight | 體重掉太快
t an ultrasound and liver values | 超音波和肝指數
h eating little fat for now | 暫時少吃油
h talking about keyhole surgery | 討論腹腔鏡手術
"""
