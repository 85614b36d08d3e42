"""Kanji that a searcher takes for one another: groups of variants, the representative first.

Only for comparing (`fold`), never for storing. A group joins 旧字体 and 新字体 (当用漢字字体表
1949, 常用漢字表 2010), the vendors' extensions (髙, 﨑) and the variants that a family register
allows (俗字・異体字). It does not join what custom holds to be different surnames, as 阪/坂,
畠/畑, 脇/脅, 埼/崎, 椙/杉, 苅/刈, 升/桝. Of the four 斉・斎・齊・齋 it makes one: people mix them
up, and the job of a search is to find.

Compatibility ideographs (塚 U+FA10 and the like) need no row: Unicode itself names their base.
Further rows of one town stand in `town/names.csv`. How the table was chosen, and what was left
out, is in docs/decisions/0002-names-folding.md.
"""

from typing import Final

#: Groups parted by white space; inside a group the first character stands for the others.
GROUPS: Final = """
高髙 崎﨑嵜𥔎碕㟢 辺邉邊𨘢𨕙 斎齋斉齊亝 浜濱濵 吉𠮷 沢澤 広廣 国國圀囯囶 島嶋嶌㠀嶹隝隯 竜龍 富冨
桑桒 柳栁桺 館舘 昇曻 瀬瀨 槙槇 籠篭 曽曾 桧檜 薮藪籔 鴎鷗 頬頰 徳德悳惪 真眞 恵惠 条條 桜櫻
栄榮荣 渋澁澀 塩鹽 奥奧 横橫 黒黑 岳嶽 関關 亀龜 暁曉 勲勳勛 薫薰 渓溪谿 蛍螢 芸藝 剣劍劔劒剱釼
顕顯㬎 験驗 厳嚴 巌巖 恒恆 鉱鑛礦砿 桟棧 糸絲 児兒 実實 寿壽 浄淨 縄繩 譲讓 穣穰 醸釀 慎愼 穂穗
静靜 双雙 壮壯 荘莊 蔵藏 滝瀧 鉄鐵鐡銕鉃 伝傳 稲稻 灯燈 独獨 弥彌 祢禰 礼禮 万萬 豊豐 宝寶寳 峰峯
松枩柗 梅楳 杉杦 淵渕渊 園薗 土圡𡈽 橋𣘺槗 脇𦚰 芦蘆 栃杤 桝枡 梼檮 蒋蔣 秋穐龝秌 亘亙 尭堯 遥遙
瑶瑤 凛凜 翠翆 聡聰聦 肇肈 哲喆悊 彦彥 為爲 与與 郎郞 朗朖 緑綠 瓶甁 強强 戸戶 呂吕 間閒 青靑 清淸
増增 緒緖 温溫 黄黃 郷鄕鄊 教敎 既旣 巣巢 歩步 毎每 衛衞 鎮鎭 録錄 鎌鐮 餅餠 麹麴 騨驒 鯵鰺
鶴靏靍靎隺 雁鴈鳫 鶏鷄雞 虎乕 蛎蠣 萌萠 葱蔥 船舩 笋筍 竈竃 畝畒畆畂 畳疊疉 皐皋 涙淚泪 湧涌 淳湻
潜潛濳 済濟 渉涉 浅淺 湾灣 満滿 滞滯 熙煕凞熈 爾尓尒 猪豬 猫貓 献獻 獣獸 珍珎 瑠璢 壱壹 弐貳貮
参參 円圓 効效 勧勸 却卻 厨廚 厩廐廏 収收 叙敍敘 台臺 呉吳 喜㐂 囲圍 図圖 団團 野埜壄 塁壘 壌壤
壷壺 売賣 変變 夢夣 奨奬獎 嬢孃 学學斈 寛寬 寝寢 対對 専專 将將 尚尙 尽盡 届屆 属屬 峡峽 巻卷 帯帶
帰歸 庁廳廰 廃廢 弁辨瓣辯 弾彈 当當 径徑 従從 徴徵 応應 悦悅 悩惱 恋戀 懐懷 戦戰 戯戲戱 払拂 抜拔
択擇 担擔 拝拜 拠據 拡擴 挙擧舉 挟挾 挿插揷 捜搜 掲揭 揺搖 摂攝 撃擊 数數 勅敕 断斷 旧舊 昂昻
晋晉㬜 晩晚 暦曆 来來 枢樞 検檢 楽樂 楼樓 概槪 様樣 権權 欧歐 欠缺 歓歡 歯齒 歴歷 残殘 殴毆 殻殼
気氣 決决 沖冲 況况 没沒 焼燒 営營 炉爐 点點 焔焰 犠犧 狭狹 猟獵 画畫畵 略畧 県縣 痴癡 発發 盗盜
研硏 砕碎 秘祕 称稱穪 穏穩 窃竊 竪豎 並竝 粋粹 粛肅 経經 絵繪 継繼 続續賡 総總緫 縁緣 縦縱 繊纖
缶罐 羨羡 翻飜 聴聽 胆膽 脳腦 臓臟 両兩 乗乘 乱亂 争爭 亜亞 仏佛 仮假 会會 体體躰軆 余餘 価價 侠俠
倹儉 偽僞 党黨 冊册 写寫 処處 剤劑 剰剩 剥剝 励勵 労勞 区區 医醫 単單 唖啞 嘘噓 噛嚙 嘱囑 堕墮
声聲 姉姊 姫姬 妊姙 娯娛 嶺岺 昼晝 晃晄 曹曺 毘毗 氷冰 潅灌 濶闊 涜瀆 状狀 疎疏 皷鼓 盖蓋葢 祷禱
禄祿 稟禀 窓窗牕窻 糧粮 綿緜 纏纒 群羣 艶艷豔 茎莖 荊荆 莱萊 蓑簑 虫蟲 蚕蠶 蝉蟬 蝋蠟 触觸 訳譯
証證 誉譽 読讀 諌諫 讃讚 賛贊 賎賤 跡迹蹟 践踐 転轉 軽輕 辞辭 逓遞 遅遲 醤醬 釈釋 銭錢 鋳鑄 錬鍊
鍛鍜 鑚鑽 閲閱 闘鬪鬭 陥陷 陰隂阴 険險 隠隱 隣鄰 随隨 雑雜襍 霊靈 頴穎 頚頸 頼賴 顔顏 顛顚 飲飮
駅驛 駆驅駈 騒騷 髄髓 髪髮 鹸鹼 麦麥 麺麵 黙默 齢齡 圧壓 壊壞 悪惡 即卽 年秊 寧甯寗 冷泠 勇勈 和龢
琴珡 明朙 是昰 晴暒 浩澔 茂荗 萩蘒 麻蔴 篠筿 紘綋 第㐧 凡凢 宜冝 丘坵 丈𠀋 刃刄 涼凉 舗舖 嚢囊
掻搔 掴摑 痩瘦 填塡 屏屛 并幷 歳歲 溌潑 繋繫 繍繡 躯軀 醗醱 戻戾 渇渴 煮煑 留畱 確碻 靖竫 鎖鏁
庵菴葊 姦姧 帆㠶颿 最㝡 宇㝢 厚㫗 丑丒 傘仐 雄䧺 要覀 曦㬢 旨㫖 詠咏 歌哥 暖煖 杯盃 梨棃 柿柹 隷隸
賓賔 迩邇 遡溯 村邨 靴鞾 飯飰 鰐鱷 鵝鵞 鴬鶯 梁樑 椀碗 樺桦 檪櫟 櫨枦 狸貍 猿猨 疆壃 磯礒 箸筯
罵駡 耕畊 脚腳 舎舍 艪艣 虚虛 蛙鼃 蜂蠭 裏裡 鉢盋 韮韭 鬱欝
"""
