"""The project's pages."""

import os

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.http import HttpRequest, JsonResponse
from django.template import engines
from django.urls import path

LIST = engines["django"].from_string("{% for item in items %}<li>{{ item.name }}</li>{% endfor %}")


def root(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"process": os.getpid()})


def work(request: HttpRequest) -> JsonResponse:
    items = Permission.objects.select_related("content_type").order_by("codename")
    return JsonResponse({"process": os.getpid(), "page": LIST.render({"items": items}, request)})


urlpatterns = [path("", root), path("work", work), path("admin/", admin.site.urls)]
