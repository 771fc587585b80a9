"""`{% desk_menu %}`: the menu of the desk, for whoever sits there today."""

from typing import Any

from django import template

from gongkai.workbench import menu

register = template.Library()


@register.inclusion_tag("workbench/menu.html", takes_context=True)
def desk_menu(context: dict[str, Any]) -> dict[str, object]:
    """The sections and the pages of the present one; nothing before one has signed in."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"sections": [], "below": []}
    desk = getattr(request, "desk", None)
    sections, below = menu.links(desk, str(context.get("here", "")))
    return {"sections": sections, "below": below}
