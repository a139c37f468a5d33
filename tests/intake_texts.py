"""Texts for the tests of intake, written for them; persons and places are invented."""

from __future__ import annotations

ENGLISH = (
    "PORT ALDER, March 4 (Wire) - The defence ministry said on Saturday that the troops which h"
    "ad been stationed near the harbour for three weeks were leaving, and that the last of them"
    ' would be gone before the end of the month.\n\n"We are going home," Colonel Ada Brandt told '
    "reporters who had been waiting at the gate. She did not say how many soldiers were leaving"
    " or what would become of the camp they had built.\n\nIt is not clear whether the other briga"
    "de, which arrived from the valley in January, has received the same orders."
)

# A report of hardly anything but names.
FULL_OF_NAMES = (
    "Krzysztof Wojciechowski, Agnieszka Szczepanska and Wlodzimierz Brzezinski met Nguyen Thi P"
    "huong, Tran Van Duc and Oluwaseun Adebayo-Okonkwo in Szczebrzeszyn on Friday; Chukwuemeka "
    "Nwachukwu, Mukhammadali Abdurakhmonov and Gulnara Bekmukhambetova, of Dzhezkazgan, stayed "
    "away, said Andrzej Wisniewski."
)

# The same few sentences in other languages, by the English name of each.
FOREIGN = {
    "French": (
        "Le ministre de la Défense a déclaré lundi que les troupes stationnées à la frontière rentr"
        "aient dans leurs casernes après la fin des manœuvres. Selon un porte-parole, plusieurs uni"
        "tés ont déjà commencé à charger leur matériel sur des trains. Personne ne sait combien de "
        "soldats sont concernés par ce retrait."
    ),
    "German": (
        "Der Verteidigungsminister erklärte am Montag, die an der Grenze stationierten Truppen kehr"
        "ten nach dem Ende der Übung in ihre Kasernen zurück. Nach Angaben eines Sprechers haben me"
        "hrere Einheiten bereits damit begonnen, ihr Gerät auf Züge zu verladen. Wie viele Soldaten"
        " abziehen, ist nicht bekannt."
    ),
    "Spanish": (
        "El ministro de Defensa declaró el lunes que las tropas desplegadas en la frontera regresan"
        " a sus cuarteles tras el fin de las maniobras. Según un portavoz, varias unidades ya han c"
        "omenzado a cargar su material en trenes. Nadie sabe cuántos soldados participan en esta re"
        "tirada."
    ),
    "Italian": (
        "Il ministro della Difesa ha dichiarato lunedì che le truppe schierate al confine stanno to"
        "rnando nelle caserme dopo la fine delle manovre. Secondo un portavoce, diverse unità hanno"
        " già cominciato a caricare i mezzi sui treni. Nessuno sa quanti soldati siano coinvolti in"
        " questo ritiro."
    ),
    "Portuguese": (
        "O ministro da Defesa declarou na segunda-feira que as tropas estacionadas na fronteira est"
        "ão a regressar aos quartéis depois do fim das manobras. Segundo um porta-voz, várias unida"
        "des já começaram a carregar o material em comboios. Ninguém sabe quantos soldados particip"
        "am nesta retirada."
    ),
    "Dutch": (
        "De minister van Defensie zei maandag dat de troepen die aan de grens zijn gelegerd na aflo"
        "op van de oefening terugkeren naar hun kazernes. Volgens een woordvoerder zijn verschillen"
        "de eenheden al begonnen met het laden van hun materieel op treinen. Niemand weet hoeveel s"
        "oldaten vertrekken."
    ),
    "Swedish": (
        "Försvarsministern sade på måndagen att de trupper som är stationerade vid gränsen återvänd"
        "er till sina förläggningar efter övningens slut. Enligt en talesperson har flera enheter r"
        "edan börjat lasta sin utrustning på tåg. Ingen vet hur många soldater som berörs av tillba"
        "kadragandet."
    ),
    "Danish": (
        "Forsvarsministeren sagde mandag, at de tropper, der er udstationeret ved grænsen, vender t"
        "ilbage til deres kaserner efter øvelsens afslutning. Ifølge en talsmand er flere enheder a"
        "llerede begyndt at læsse deres udstyr på tog. Ingen ved, hvor mange soldater der er omfatt"
        "et af tilbagetrækningen."
    ),
    "Finnish": (
        "Puolustusministeri sanoi maanantaina, että rajalle sijoitetut joukot palaavat varuskuntiin"
        "sa harjoituksen päätyttyä. Tiedottajan mukaan useat yksiköt ovat jo alkaneet lastata kalus"
        "toaan juniin. Kukaan ei tiedä, kuinka monta sotilasta vetäytyminen koskee, eikä ministeriö"
        " kerro lukuja."
    ),
    "Polish": (
        "Minister obrony oświadczył w poniedziałek, że wojska stacjonujące na granicy wracają do ko"
        "szar po zakończeniu ćwiczeń. Według rzecznika kilka jednostek zaczęło już ładować sprzęt n"
        "a pociągi. Nikt nie wie, ilu żołnierzy obejmuje wycofanie, a ministerstwo odmawia podania "
        "liczb."
    ),
    "Czech": (
        "Ministr obrany v pondělí prohlásil, že vojáci rozmístění na hranici se po skončení cvičení"
        " vracejí do kasáren. Podle mluvčího už několik jednotek začalo nakládat techniku na vlaky."
        " Nikdo neví, kolika vojáků se stažení týká, a ministerstvo odmítá uvést jakákoli čísla."
    ),
    "Hungarian": (
        "A védelmi miniszter hétfőn azt mondta, hogy a határon állomásozó csapatok a gyakorlat vége"
        "ztével visszatérnek laktanyáikba. Egy szóvivő szerint több egység már megkezdte a felszere"
        "lés vonatra rakodását. Senki sem tudja, hány katonát érint a kivonás, a minisztérium nem k"
        "özölt számokat."
    ),
    "Romanian": (
        "Ministrul apărării a declarat luni că trupele staționate la frontieră se întorc în cazărmi"
        " după încheierea exercițiilor. Potrivit unui purtător de cuvânt, mai multe unități au înce"
        "put deja să încarce echipamentul în trenuri. Nimeni nu știe câți soldați sunt vizați de re"
        "tragere."
    ),
    "Turkish": (
        "Savunma bakanı pazartesi günü yaptığı açıklamada, sınırda konuşlu birliklerin tatbikatın b"
        "itmesinin ardından kışlalarına döndüğünü söyledi. Bir sözcüye göre bazı birlikler araçları"
        "nı trenlere yüklemeye başladı bile. Çekilmenin kaç askeri kapsadığını kimse bilmiyor."
    ),
    "Indonesian": (
        "Menteri pertahanan mengatakan pada hari Senin bahwa pasukan yang ditempatkan di perbatasan"
        " sedang kembali ke barak mereka setelah latihan berakhir. Menurut seorang juru bicara, beb"
        "erapa satuan sudah mulai memuat peralatan ke kereta api. Tidak ada yang tahu berapa banyak"
        " tentara yang ditarik."
    ),
    "Vietnamese": (
        "Bộ trưởng quốc phòng hôm thứ Hai cho biết các đơn vị đóng ở biên giới đang trở về doanh tr"
        "ại sau khi cuộc tập trận kết thúc. Theo một người phát ngôn, một số đơn vị đã bắt đầu chất"
        " khí tài lên tàu hỏa. Không ai biết có bao nhiêu binh sĩ được rút về. Bộ trưởng quốc phòng"
        " hôm thứ Hai cho biết các đơn vị đóng ở biên giới đang trở về doanh trại sau khi cuộc tập "
        "trận kết thúc. Theo một người phát ngôn, một số đơn vị đã bắt đầu chất khí tài lên tàu hỏa"
        ". Không ai biết có bao nhiêu binh sĩ được rút về."
    ),
    "Swahili": (
        "Waziri wa ulinzi alisema siku ya Jumatatu kwamba wanajeshi waliowekwa mpakani wanarudi kam"
        "bini baada ya mazoezi kumalizika. Kwa mujibu wa msemaji, vikosi kadhaa vimeanza kupakia vi"
        "faa vyao kwenye treni. Hakuna anayejua ni wanajeshi wangapi wanaondoka katika eneo hilo."
    ),
    "Russian": (
        "Министр обороны заявил в понедельник, что войска, размещённые у границы, возвращаются в ка"
        "зармы после окончания учений. По словам представителя ведомства, несколько частей уже нача"
        "ли погрузку техники на поезда. Сколько солдат уходит, никто не знает, министерство цифр не"
        " называет."
    ),
    "Ukrainian": (
        "Міністр оборони заявив у понеділок, що війська, розміщені біля кордону, повертаються до ка"
        "зарм після завершення навчань. За словами речника, кілька частин уже почали вантажити техн"
        "іку на потяги. Скільки солдатів відходить, ніхто не знає, а міністерство цифр не називає."
    ),
    "Arabic": (
        "قال وزير الدفاع يوم الاثنين إن القوات المتمركزة على الحدود تعود إلى ثكناتها بعد انتهاء الت"
        "دريبات. وبحسب متحدث باسم الوزارة فإن عدة وحدات بدأت بالفعل تحميل معداتها على القطارات. ولا"
        " أحد يعرف عدد الجنود الذين يشملهم الانسحاب من المنطقة الحدودية في الوقت الحالي."
    ),
    "Hindi": (
        "रक्षा मंत्री ने सोमवार को कहा कि सीमा पर तैनात सैनिक अभ्यास समाप्त होने के बाद अपनी छावनिय"
        "ों में लौट रहे हैं। एक प्रवक्ता के अनुसार कई टुकड़ियों ने अपना सामान रेलगाड़ियों पर लादना "
        "शुरू कर दिया है। किसी को नहीं पता कि कितने सैनिक वापस जा रहे हैं और मंत्रालय ने कोई संख्या"
        " नहीं बताई। रक्षा मंत्री ने सोमवार को कहा कि सीमा पर तैनात सैनिक अभ्यास समाप्त होने के बाद"
        " अपनी छावनियों में लौट रहे हैं। एक प्रवक्ता के अनुसार कई टुकड़ियों ने अपना सामान रेलगाड़िय"
        "ों पर लादना शुरू कर दिया है। किसी को नहीं पता कि कितने सैनिक वापस जा रहे हैं और मंत्रालय न"
        "े कोई संख्या नहीं बताई।"
    ),
    "Chinese": (
        "国防部长星期一表示，驻扎在边境的部队在演习结束后正在返回营地。国防部长星期一表示，驻扎在边"
        "境的部队在演习结束后正在返回营地。国防部长星期一表示，驻扎在边境的部队在演习结束后正在返回"
        "营地。国防部长星期一表示，驻扎在边境的部队在演习结束后正在返回营地。国防部长星期一表示，驻"
        "扎在边境的部队在演习结束后正在返回营地。国防部长星期一表示，驻扎在边境的部队在演习结束后正"
        "在返回营地。国防部长星期一表示，驻扎在边境的部队在演习结束后正在返回营地。国防部长星期一表"
        "示，驻扎在边境的部队在演习结束后正在返回营地。"
    ),
    "Japanese": (
        "国防相は月曜日、国境に配置されていた部隊が演習の終了後に駐屯地へ戻りつつあると述べた。報道"
        "官によると、いくつかの部隊はすでに装備を列車に積み込み始めている。国防相は月曜日、国境に配"
        "置されていた部隊が演習の終了後に駐屯地へ戻りつつあると述べた。報道官によると、いくつかの部"
        "隊はすでに装備を列車に積み込み始めている。国防相は月曜日、国境に配置されていた部隊が演習の"
        "終了後に駐屯地へ戻りつつあると述べた。報道官によると、いくつかの部隊はすでに装備を列車に積"
        "み込み始めている。国防相は月曜日、国境に配置されていた部隊が演習の終了後に駐屯地へ戻りつつ"
        "あると述べた。報道官によると、いくつかの部隊はすでに装備を列車に積み込み始めている。"
    ),
    "Korean": (
        "국방장관은 월요일 국경에 배치된 부대가 훈련이 끝난 뒤 주둔지로 복귀하고 있다고 "
        "밝혔다. 대변인에 따르면 여러 부대가 이미 장비를 열차에 싣기 시작했다. 국방장관"
        "은 월요일 국경에 배치된 부대가 훈련이 끝난 뒤 주둔지로 복귀하고 있다고 밝혔다."
        " 대변인에 따르면 여러 부대가 이미 장비를 열차에 싣기 시작했다. 국방장관은 월요"
        "일 국경에 배치된 부대가 훈련이 끝난 뒤 주둔지로 복귀하고 있다고 밝혔다. 대변인"
        "에 따르면 여러 부대가 이미 장비를 열차에 싣기 시작했다. 국방장관은 월요일 국경"
        "에 배치된 부대가 훈련이 끝난 뒤 주둔지로 복귀하고 있다고 밝혔다. 대변인에 따르"
        "면 여러 부대가 이미 장비를 열차에 싣기 시작했다. "
    ),
    "Greek": (
        "Ο υπουργός Άμυνας δήλωσε τη Δευτέρα ότι τα στρατεύματα που σταθμεύουν στα σύνορα επιστρέφο"
        "υν στους στρατώνες τους μετά το τέλος των ασκήσεων. Σύμφωνα με εκπρόσωπο, αρκετές μονάδες "
        "έχουν ήδη αρχίσει να φορτώνουν τον εξοπλισμό τους σε τρένα. Κανείς δεν γνωρίζει πόσοι στρα"
        "τιώτες αποσύρονται."
    ),
}
