"""`{% desk_menu %}`: the menu of the desk, for whoever sits there today."""

from typing import Any

from django import template

from gongkai.workbench import menu

register = template.Library()


@register.inclusion_tag("workbench/menu.html", takes_context=True)
def desk_menu(context: dict[str, Any]) -> dict[str, object]:
    """The sections and the pages of the present one; where nobody is at the desk, what anyone signed in may open."""
    desk = getattr(context.get("request"), "desk", None)
    sections, below = menu.links(desk, str(context.get("here", "")))
    return {"sections": sections, "below": below}
