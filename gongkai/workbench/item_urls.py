"""Addresses of the disclosure procedure at the desk, under /desk/items/."""

from django.urls import path

from gongkai.workbench.views import from_file, holders, items, rules

urlpatterns = [
    path("", items.index, name="items"),
    path("new/", items.create, name="create_item"),
    path("from-file/", from_file.begin, name="draft_from_file"),
    path("from-file/<str:digest>/", from_file.fill_in, name="item_from_file"),
    path("bulk/", items.bulk, name="bulk_items"),
    path("rule/", rules.rule, name="chain_rule"),
    path("holders/", holders.index, name="holders"),
    path("adopt/<int:pk>/", items.adopt, name="adopt_record"),
    path("incidents/", rules.incidents, name="incidents"),
    path("<int:pk>/", items.item, name="item"),
    path("<int:pk>/edit/", items.edit, name="edit_item"),
    path("<int:pk>/attach/", items.attach, name="attach"),
    path("<int:pk>/versions/<int:number>/", items.version, name="item_version"),
]
