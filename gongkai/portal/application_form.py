"""The form on which one applies to an organ for information, to print and fill in: what article 29 asks for alone."""

from __future__ import annotations

from gongkai.papers.paper import Box, Paper, Paragraph, Run, TableBlock

PERSON = ("姓名", "证件名称", "证件号码", "联系电话", "邮政编码", "通信地址", "电子邮箱")
BODY = ("名称", "统一社会信用代码", "法定代表人", "联系人姓名", "联系电话", "邮政编码", "通信地址", "电子邮箱")
GIVEN = "□ 纸质　　□ 电子　　□ 其他:"
WAYS = "□ 邮寄　□ 自行领取　□ 电子邮件　□ 传真　□ 当场查阅、抄录"
WIDTHS = (1.6, 1.8, 4.6)


def drawn(organ: str) -> Paper:
    """The form of an organ; organ: its name. The purpose is not asked (《条例》2019 第二十九条)."""
    rows = [
        *_group("公民", PERSON),
        *_group("法人或者其他组织", BODY),
        *_group("所需政府信息", ("名称", "文号", "便于查询的其他特征描述")),
        (Box("形式要求", rowspan=2, head="row"), Box("提供方式", head="row"), Box(GIVEN, align="left")),
        (Box("获取途径", head="row"), Box(WAYS, align="left")),
        (Box("申请人签名或者盖章", colspan=2, head="row"), Box("")),
        (Box("申请日期", colspan=2, head="row"), Box("　　　　年　　月　　日", align="left")),
    ]
    table = TableBlock("apply", "", (), tuple(rows), WIDTHS)
    told = (
        "公民只填“公民”一栏,法人或者其他组织只填相应一栏。请附身份证明(身份证件或者登记证书的复印件)。",
        "依据《中华人民共和国政府信息公开条例》(2019)第二十九条,只要求以上内容,不必说明用途。",
    )
    return Paper(
        title=f"{organ}政府信息公开申请表", organ=organ,
        blocks=(table, *(Paragraph((Run(line),)) for line in told)),
    )  # fmt: skip


def _group(title: str, names: tuple[str, ...]) -> list[tuple[Box, ...]]:
    """Lines of one group; its title stands beside all of them."""
    first, *rest = names
    begun = (Box(title, rowspan=len(names), head="row"), Box(first, head="row"), Box(""))
    return [begun, *((Box(name, head="row"), Box("")) for name in rest)]
