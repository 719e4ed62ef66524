"""Where a reader is helped to decide. Before the public addresses, which take any word left."""

from django.urls import path

from explainer.guide import bag, past, steps
from explainer.kinds.steps import GUIDE, QUIZ

urlpatterns = [
    path("bag/", bag.bag, name="bag"),
    path("past/<str:day>/", past.past, {"address": ""}, name="past_home"),
    path("past/<str:day>/<path:address>", past.past, name="past"),
    path(f"{GUIDE}/", steps.guide, name="guide"),
    path(f"{QUIZ}/", steps.quiz, name="quiz"),
]
