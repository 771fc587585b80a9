"""A labelled corpus for screening: notices made from a seed, with planted things to find and traps that only look alike.

How it is made, and what that is worth: sentences are templates of our own filled at random; numbers get true check digits,
names are drawn from surnames and given-name characters. Who wrote the rules also wrote the corpus, so the figures say that
the rules do what was meant, not what share of a real archive they find. The kind `prose` is planted to be missed: names and
addresses in running text, which no rule of the book looks for.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from gongkai.screening.numbers import credit_check_character, luhn, resident_check_digit

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向"
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫")
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文海燕晓东春雪婷宇浩然子涵欣怡俊峰雨佳琪"
AREAS = (
    "110101",
    "310115",
    "350128",
    "220202",
    "440305",
    "510107",
    "620102",
    "330106",
    "420111",
    "500101",
    "350102",
    "130102",
)
ILLNESSES = ("尿毒症", "肺癌", "白血病", "脑梗死", "先天性心脏病", "精神分裂症")
STREETS = ("中山路", "解放街", "东门巷", "滨河路", "新华街", "朝阳路")
TOWNS = ("城关镇", "东街镇", "南塘乡", "西桥街道", "北岸镇")
BODY = (
    "各乡镇人民政府、街道办事处,县直各有关单位:",
    "根据《中华人民共和国政府信息公开条例》和上级有关文件精神,结合本地实际,现就做好{year}年度相关工作通知如下。",
    "一、提高认识,加强领导。各单位要把这项工作列入重要议事日程,明确分管领导和责任人员,确保各项任务落到实处。",
    "二、突出重点,严格标准。截至{year}年{month}月{day}日,全县共完成{n}项,占年度计划的{p}%,比上年同期增加{m}项。",
    "项目总投资{n}.{m}万元,其中中央补助{m}万元,地方配套{n}元,建设面积{n}平方米,工期{m}个月。",
    "三、强化督查,注重实效。对工作不力、进展缓慢的单位予以通报,并纳入年度绩效考核,考核得分低于{m}分的不得评优。",
    "采购人通过公开招标确定供应商,评标委员会由{m}名专家组成,中标金额为{n}元(含税)。",
    "符合条件的家庭可以向户籍所在地的乡镇人民政府提出书面申请,由受理机关自收到申请之日起{m}个工作日内作出决定。",
    "加强疾病防治和残疾预防,建立残疾儿童康复救助制度,做好高血压、糖尿病患者的健康管理服务。",
    "要加强商业秘密和个人信息的保护,严格落实《中华人民共和国保守国家秘密法》的规定,做好信息公开前的保密审查。",
    "会议强调,要加强内部控制和内部审计,完善内部管理制度,做到公开为常态、不公开为例外。",
)
TRAPS = (
    "文号:某政办发〔{year}〕{m}号,索引号:PZ{n5}-0200-{year}-{n5}。",
    "统一社会信用代码:{credit}。",
    "项目代码:{year}-350128-48-01-{n6}。",
    "流水编号 {wrong_id},以系统登记为准。",
    "合同编号:{n6}{n6}{n6},金额 13{n6}{m}.50 元。",
    "联系单位:县政务服务中心,咨询电话:0598-{n7},传真:0598-{n7}。",
    "监督举报电话:139{n4}{n4}(公务值班手机)。",
    "公开邮箱:xxgk@pingtan.gov.cn,投诉邮箱:tousu@163.com。",
    "办公地址:东街镇中山路{m}号行政服务中心{m}号楼{n3}室。",
    "本文不涉及国家秘密、工作秘密和敏感信息,已经保密审查。",
    "中标单位:某某建设有限公司,注册地址:滨河路{m}号,法定代表人:{name}。",
    "设备型号 E{n4}{n4},生产批号 {n7}{n7}。",
    "银行流水 {wrong_card},仅供核对。",
    "经纬度:东经119.{n6}度,北纬25.{n6}度。",
    "姓名已作处理:{masked},身份证号 1*****************。",
    "单行本 ISBN 978-7-{n4}-{n4}-1,定价 {m}.00 元。",
    "室内部材料更换及机密柜采购项目,预算 {n} 元。",
    "任命{name}同志为县应急管理局局长。",
)


PRINTED = str.maketrans(",;:()", "，；：（）")


@dataclass(slots=True)
class Notice:
    """A text with what must be found in it: (start, end, kind)."""

    text: str = ""
    labels: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, line: str, *planted: tuple[str, str]) -> None:
        """One more line, punctuated as Chinese print is; each planted (text, kind) stands in it once."""
        line, planted = line.translate(PRINTED), tuple((text.translate(PRINTED), kind) for text, kind in planted)
        self.row(line, *planted)

    def row(self, line: str, *planted: tuple[str, str]) -> None:
        """The same for a row of a table, as it is."""
        for text, kind in planted:
            start = len(self.text) + line.index(text)
            self.labels.append((start, start + len(text), kind))
        self.text += line + "\n"


def notices(count: int, seed: int = 2026, dirty: float = 0.35) -> list[Notice]:
    """`count` notices of about 3 kB; a share of `dirty` has something planted, every one has traps."""
    chance = random.Random(seed)
    return [_notice(chance, chance.random() < dirty) for _ in range(count)]


def _notice(chance: random.Random, dirty: bool) -> Notice:
    notice = Notice()
    planted = chance.sample(PLANTS, 1) if dirty else []
    if mark := next((plant for plant in planted if plant is _secrecy), None):
        mark(notice, chance)
    notice.add(f"关于做好{chance.randint(2008, 2025)}年度有关工作的通知")
    for number in range(chance.randint(16, 24)):
        notice.add("  " + _filled(chance, chance.choice(BODY)))
        if number % 4 == 1:
            notice.add("  " + _filled(chance, chance.choice(TRAPS)))
        if number == 7 and planted and (plant := planted.pop()) is not _secrecy:
            plant(notice, chance)
    notice.add(f"某县人民政府办公室\n{chance.randint(2008, 2025)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日")
    return notice


def _filled(chance: random.Random, template: str) -> str:
    return template.format(
        year=chance.randint(2008, 2025), month=chance.randint(1, 12), day=chance.randint(1, 28), n=chance.randint(100, 99999),
        m=chance.randint(1, 30), p=chance.randint(1, 100), name=name(chance), masked=name(chance)[0] + "**",
        credit=_credit(chance), wrong_id=_wrong(resident(chance)), wrong_card=_wrong(card(chance)),
        **{f"n{length}": "".join(chance.choices("0123456789", k=length)) for length in (3, 4, 5, 6, 7)},
    )  # fmt: skip


def name(chance: random.Random) -> str:
    """A person's name."""
    surname = chance.choice(COMPOUND) if chance.random() < 0.03 else chance.choice(SURNAMES)
    return surname + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def resident(chance: random.Random) -> str:
    """A resident number with its check digit."""
    born = f"{chance.randint(1940, 2020)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    first = f"{chance.choice(AREAS)}{born}{chance.randint(0, 999):03}"
    return first + resident_check_digit(first)


def card(chance: random.Random) -> str:
    """A bank card number of 16 or 19 digits."""
    first = "62" + "".join(chance.choices("0123456789", k=chance.choice((13, 16))))
    return next(first + digit for digit in "0123456789" if luhn(first + digit))


def mobile(chance: random.Random) -> str:
    return f"1{chance.choice('3578')}{chance.randint(0, 999_999_999):09}"


def _credit(chance: random.Random) -> str:
    first = "91350128" + "".join(chance.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=9))
    return first + credit_check_character(first)


def _wrong(number: str) -> str:
    """The number with another last digit than its check digit."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def _ids(notice: Notice, chance: random.Random) -> None:
    number = resident(chance)
    typed = chance.choice(
        (number, f"{number[:6]} {number[6:14]} {number[14:]}", "".join(chr(ord(one) + 0xFEE0) for one in number))
    )
    notice.add(f"  办理人身份证号:{typed}。", (typed, "resident"))


def _mobiles(notice: Notice, chance: random.Random) -> None:
    number = mobile(chance)
    typed = chance.choice((number, f"{number[:3]}-{number[3:7]}-{number[7:]}", "+86 " + number))
    notice.add(
        chance.choice(
            ("  有意者请与本人联系({})。", "  申请人联系电话:{},请予核实。", "  租赁事宜,林先生 {}。")
        ).format(typed),
        (typed, "mobile"),
    )


def _cards(notice: Notice, chance: random.Random) -> None:
    number = card(chance)
    notice.add(f"  补助资金发放到卡 {number}。", (number, "bank card"))


def _plates(notice: Notice, chance: random.Random) -> None:
    plate = f"闽{chance.choice('ABCDE')}{chance.choice('ABCD123')}{chance.randint(1000, 9999)}"
    notice.add(f"  当事车辆{plate},违法行为待处理。", (plate, "plate"))


def _mails(notice: Notice, chance: random.Random) -> None:
    address = f"{chance.choice(('lin', 'chen.x', 'wang88'))}{chance.randint(1, 999)}@{chance.choice(('qq.com', '163.com', 'example.cn'))}"
    notice.add(f"  材料请发至{address}。", (address, "e-mail"))


def _homes(notice: Notice, chance: random.Random) -> None:
    place = f"某县{chance.choice(TOWNS)}{chance.choice(STREETS)}{chance.randint(1, 200)}号{chance.randint(1, 20)}栋{chance.randint(101, 2502)}室"
    notice.add(f"  当事人家庭住址:{place}。", (place, "home address"))


def _persons(notice: Notice, chance: random.Random) -> None:
    person = name(chance)
    line = chance.choice(
        (
            "  申请人:{},提出的申请收悉。",
            "  被处罚人:{},男,汉族。",
            "  举报人姓名:{}。",
            "  {},女,{}年5月出生,低保对象。",
        )
    )
    notice.add(line.format(person, chance.randint(1940, 2005)), (person, "labelled person"))


def _illness(notice: Notice, chance: random.Random) -> None:
    person, illness = name(chance), chance.choice(ILLNESSES)
    line = f"{person},{chance.choice('男女')},{chance.randint(20, 80)}岁,患有{illness}"
    notice.add(f"  救助对象:{line},家庭困难。", (line, "illness"))


def _roster(notice: Notice, chance: random.Random) -> None:
    mark = chance.choice(("\t", "\t", "  ", " | ", ","))
    notice.row(mark.join(("序号", "姓名", "村(社区)", "救助类别", "金额(元)")))
    for number in range(1, chance.randint(4, 12)):
        person = name(chance)
        row = (
            str(number),
            person,
            chance.choice(TOWNS),
            chance.choice(("低保", "特困", "临时救助")),
            str(chance.randint(2, 50) * 100),
        )
        notice.row(mark.join(row), (person, "name in an aid list"))


def _secrecy(notice: Notice, chance: random.Random) -> None:
    mark = chance.choice(("机密★10年", "秘密★长期", "绝  密★启用前", "秘密", "机密☆1年"))
    notice.add(mark, (mark, "secrecy mark"))


def _internal(notice: Notice, chance: random.Random) -> None:
    mark = chance.choice(("内部资料", "注意保存", "此件不予公开", "严禁外传"))
    notice.add(f"({mark})", (mark, "internal mark"))


def _prose(notice: Notice, chance: random.Random) -> None:
    person = name(chance)
    notice.add(f"  走访中了解到,村民{person}一家生活困难,住在{chance.choice(STREETS)}老粮站后面。", (person, "prose"))


PLANTS: tuple[Callable[[Notice, random.Random], None], ...] = (
    _ids, _mobiles, _cards, _plates, _mails, _homes, _persons, _illness, _roster, _secrecy, _internal, _prose,
)  # fmt: skip
