"""What the reports say beyond the drafted sentences: in our own words, the claims of 2012 with their errors."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.demonstration.figures import published

REASON_2012 = "复现已公布的2012年度报告，原报告中的数字矛盾照样保留，供检查功能指出；不是对该机关工作的评价"


def claims_2012() -> dict[str, str]:
    """Paragraphs to add, by section: what the body of the published report states beside its annex.

    The figures of the body are typed, not referenced, because they contradict the annex or have no row in it.
    """
    text, row = published()["text"], published()["row"]
    running = text["approval_items"] - text["approval_items_suspended"]
    total = row["disclosed_total"]["year"]
    return {
        "一": (
            "政府信息公开工作领导小组以局主要领导为组长,行政审批办为牵头部门,监察部门负责监督检查。\n"
            f"全年在市政府门户网站等载体上共发布信息{text['postings_on_all_carriers']}条,以工作动态、经济要闻、主要产品价格为主;"
            f"内部期刊《工业经济动态》至年末已出{text['periodical_issues_to_date']}期。\n"
            f"{text['approval_items']}项行政审批职能中,{text['approval_items_suspended']}项没有发生过业务,按暂停处理;"
            f"其余{running}项正常运行,承诺时限比法定时限缩短一半以上。"
        ),
        "二": (
            f"(五)原报告正文的其他表述。信息公开专栏和网站点击{text['site_visits']}次。"
            f"应公开的文件信息共{total}条,上网均未超过20个工作日,向公共查阅点报送均未超过30个工作日。"
        ),
        "六": (
            "(一)主要问题。公开内容的深度和广度不足;主动公开尚未成为日常工作;公开的尺度不易掌握。\n"
            "(二)工作打算。2013年充实公开目录,增加社会关注的信息;发挥门户网站的主渠道作用;"
            "健全公开工作的长效制度;开展干部培训和对外宣传。"
        ),
    }  # fmt: skip


def later(year: int) -> Mapping[str, str]:
    """Paragraphs to add to the report of an invented year, by section."""
    return {
        "一": (
            "(演示虚构)本年度的全部数字和文字均为演示而虚构,与任何机关的实际工作无关。"
            "政府信息管理逐件标明公开属性;公开平台按月核对专栏;监督保障列入年度考核。"
        ),
        "五": (
            f"(演示虚构)主要问题:{_PROBLEMS[year % len(_PROBLEMS)]}。"
            f"改进情况:上一年度提出的“{_PROBLEMS[(year - 1) % len(_PROBLEMS)]}”已列入本年度工作计划并逐季核对。"
        ),
    }


_PROBLEMS = (
    "政策解读形式单一,图解和问答偏少",
    "信息登记与发布之间的衔接不够及时",
    "申请答复文书的说理不够充分",
    "公开专栏的检索功能不便使用",
)
