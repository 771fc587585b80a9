"""Deliveries of disclosures to reading places, each with its receipt."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.channels.models import HoldingDelivery, ReadingPlace
from gongkai.disclosures.models.register import Disclosure
from gongkai.organs.models import Staff


class Delivery(models.Model):
    """A published disclosure handed to a reading place on a day (《条例》第二十五条), and the receipt for it.

    holding: the record in the register of holdings that this delivery made, so that what the place holds is counted.
    """

    item = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="deliveries", verbose_name="公开信息")
    reading_place = models.ForeignKey(
        ReadingPlace, on_delete=models.PROTECT, related_name="+", verbose_name="公共查阅点"
    )
    delivered_on = models.DateField("报送日期")
    delivered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="报送人")
    holding = models.OneToOneField(
        HoldingDelivery, on_delete=models.PROTECT, related_name="+", verbose_name="查阅点汇集信息"
    )
    received_by = models.CharField("签收人", max_length=60, blank=True)
    received_on = models.DateField("签收日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "查阅点报送"
        ordering = ["item_id", "delivered_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "reading_place"], name="disclosures_delivery_once_a_place"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_by="")
                | (Q(received_on__gte=models.F("delivered_on")) & ~Q(received_by="")),
                name="disclosures_delivery_receipt_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.number} → {self.reading_place.name}"
