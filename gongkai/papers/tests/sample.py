"""A made-up annual report with every kind of block: long annex, wide tables, three heading levels, a chart."""

from __future__ import annotations

from gongkai.papers.paper import (
    AttachmentTitle,
    Block,
    Box,
    ChartBlock,
    Heading,
    Notice,
    Paper,
    Paragraph,
    Run,
    Signature,
    TableBlock,
)

GROUPS = (
    ("主动公开情况", 12),
    ("公开的形式", 11),
    ("公开的及时性", 4),
    ("依申请公开情况", 14),
    ("行政复议和诉讼情况", 7),
    ("收费和减免情况", 6),
)
RESULTS = {
    "（一）予以公开": (),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (),
    "（三）不予公开": (
        *("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"),
        *("5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"),
    ),
    "（四）无法提供": ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    "（五）不予处理": (
        *("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请"),
        "5.要求行政机关确认或重新出具已获取信息",
    ),
    "（六）其他处理": (),
    "（七）总计": (),
}
VALUES = ("579", "46", "-", "", "15890", "12.50", "-18", "0", "207")


def annex() -> TableBlock:
    """54 rows in four columns, the group names spanning their rows."""
    rows: list[tuple[Box, ...]] = []
    for group, size in GROUPS:
        for number in range(size):
            index = len(rows) + 1
            label = f"{index}.{'其中:' if number % 3 == 1 else ''}第{index}项指标的名称"
            label += ",从生成到向公共查阅点报送不超过30个工作日的文件信息数量★" if index % 9 == 0 else ""
            head: tuple[Box, ...] = (Box(group, rowspan=size, head="row"),) if number == 0 else ()
            name = Box(label, head="row", align="left", indent=int(number % 3 == 1))
            figures = tuple(
                Box(VALUES[(index + shift) % len(VALUES)], ref=f"t1.r{index}.{column}")
                for shift, column in enumerate(("total", "year"))
            )
            rows.append((*head, name, *figures))
    titles = (tuple(Box(text, head="col") for text in ("类别", "指标名称", "累计数", "2012年发生数")),)
    note = "说明：★栏由县（市）区统计。"
    return TableBlock("t1", "政府信息公开情况统计表", titles, tuple(rows), (16, 84, 22, 26), note)


def matrix() -> TableBlock:
    """Three header rows, nested row heads in three columns and seven columns of values."""

    def col(text: str, colspan: int = 1, rowspan: int = 1) -> Box:
        return Box(text, colspan, rowspan, "col")

    head = (
        (col("（本列数据的勾稽关系：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), col("申请人情况", 7)),
        (col("自然人", 1, 2), col("法人或其他组织", 5), col("总计", 1, 2)),
        tuple(col(text) for text in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")),
    )
    rows: list[tuple[Box, ...]] = [
        (Box("一、本年新收政府信息公开申请数量", 3, 1, "row", align="left"), *_values("received", 0)),
        (Box("二、上年结转政府信息公开申请数量", 3, 1, "row", align="left"), *_values("carried", 1)),
    ]
    lead: tuple[Box, ...] = (Box("三、本年度办理结果", 1, sum(max(len(p), 1) for p in RESULTS.values()), "row"),)
    for name, parts in RESULTS.items():
        if not parts:
            rows.append((*lead, Box(name, 2, 1, "row", align="left"), *_values(name, len(rows))))
            lead = ()
        for number, part in enumerate(parts):
            outer = (Box(name, 1, len(parts), "row"),) if number == 0 else ()
            rows.append((*lead, *outer, Box(part, 1, 1, "row", align="left"), *_values(part, len(rows))))
            lead = ()
    rows.append((Box("四、结转下年度继续办理", 3, 1, "row", align="left"), *_values("forward", 3)))
    widths = (10, 18, 46, *(11.7,) * 7)
    return TableBlock("t3", "收到和处理政府信息公开申请情况", head, tuple(rows), widths)


def _values(row: str, seed: int) -> tuple[Box, ...]:
    return tuple(Box(str((seed * 7 + column * 3) % 23), ref=f"t3.{row}.{column}") for column in range(7))


def disputes() -> TableBlock:
    """Fifteen columns of values."""

    def col(text: str, colspan: int = 1, rowspan: int = 1) -> Box:
        return Box(text, colspan, rowspan, "col")

    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    head = (
        (col("行政复议", 5), col("行政诉讼", 10)),
        (*(col(text, 1, 2) for text in results), col("未经复议直接起诉", 5), col("复议后起诉", 5)),
        tuple(col(text) for text in (*results, *results)),
    )
    row = tuple(Box(str(number * 137 % 4000), ref=f"t4.all.{number}") for number in range(15))
    return TableBlock("t4", "政府信息公开行政复议、行政诉讼情况", head, (row,), (1.0,) * 15)


def prose() -> tuple[Block, ...]:
    """Headings of three levels with paragraphs; figures are marked by their reference."""
    return (
        Paragraph(
            (
                Run("根据《中华人民共和国政府信息公开条例》和上级关于编制年度报告的要求，现公布本机关"),
                Run("2012"),
                Run("年度政府信息公开工作情况。全文由概述、主动公开、依申请公开、行政复议和诉讼、存在问题等部分组成。"),
                Run("所列数据的统计期限自2012年1月1日起，至2012年12月31日止。"),
            )
        ),
        Heading("一、概述"),
        Heading("（一）组织领导", 2),
        Paragraph(
            (Run("调整了领导小组，明确了承办机构，配备专职人员"), Run("2", "t1.r3.year"), Run("名、兼职人员3名。"))
        ),
        Heading("1.制度建设", 3),
        Paragraph((Run("修订公开指南和公开目录，建立了发布、审查、统计和检查四项制度，并在网站上公布，供群众查阅。"),)),
        Heading("（二）主动公开", 2),
        Paragraph((Run("全年主动公开政府信息"), Run("579", "t1.r1.year"), Run("条，其中规划计划类46条，占7.9%。"))),
        Heading("二、依申请公开情况"),
        Paragraph((Run("全年收到申请0件。收取费用12.50元，均为邮寄成本。经办人：㙍女士、䶮先生。"),)),
    )


def report() -> Paper:
    """The whole sample."""
    bars = (
        ("规范性文件", 6.0, "6"),
        ("规划计划和完成情况", 46.0, "46"),
        ("公共资金使用和监督", 5.0, "5"),
        ("其他", 522.0, "522"),
    )
    return Paper(
        title="松江市工业和信息化局2012年度政府信息公开工作报告",
        blocks=(
            Notice("演示数据：本报告的部分数据依据公布数重建，不代表任何机关。"),
            *prose(),
            ChartBlock("c1", "2012年主动公开信息分类", "条", bars),
            Heading("三、收到和处理申请情况"),
            matrix(),
            Heading("四、行政复议、行政诉讼情况"),
            disputes(),
            Heading("五、存在的主要问题及改进情况"),
            Paragraph((Run("公开的及时性还需提高，目录更新不够及时。下一步将加强培训，完善审查流程。"),)),
            Signature("松江市工业和信息化局", "2013年3月8日"),
            AttachmentTitle("附件", "政府信息公开情况统计表"),
            annex(),
        ),
        organ="松江市工业和信息化局",
        date="2013-03-08",
        keywords=("政府信息公开", "年度报告"),
    )
