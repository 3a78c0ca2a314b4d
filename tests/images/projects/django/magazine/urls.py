from django.urls import path

from articles import views

urlpatterns = [path("health/", views.health), path("slow", views.slow), path("style", views.style)]
