"""What answers."""

import time

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static

from articles.models import Article


def health(request: HttpRequest) -> JsonResponse:
    cache.set("seen", True)
    return JsonResponse({"articles": Article.objects.count(), "cached": cache.get("seen")})


def slow(request: HttpRequest) -> JsonResponse:
    print("slow: began", flush=True)
    time.sleep(3)
    return JsonResponse({"message": "done"})


def style(request: HttpRequest) -> HttpResponse:
    return HttpResponse(static("articles/style.css"))
