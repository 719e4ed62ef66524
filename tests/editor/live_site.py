"""The site's addresses and a page with nothing but the editor on it."""

from django import forms
from django.contrib import admin
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from explainer import urls
from explainer.editor.widgets import LiveMarkdown

PAGE = """{% extends "admin/base_site.html" %}{% load static %}
{% block extrahead %}{{ block.super }}{{ form.media }}{% endblock %}
{% block content %}
<form method="post" action="{% url "try-save" %}">{% csrf_token %}
<p><label for="id_title">Title</label> {{ form.title }}</p>
<p><label for="id_summary">Short answer</label> {{ form.summary }}</p>
<p><label for="id_body">Text</label></p>
{{ form.body }}
<p><button type="submit">Save</button></p>
</form>
{% endblock %}"""
CLAIM = """<form method="post">{% csrf_token %}
<label for="new-statement">Statement</label> <input id="new-statement" name="statement">
<button type="submit">Make the claim</button></form>"""


class Article(forms.Form):
    title = forms.CharField(initial="A title")
    summary = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    body = forms.CharField(
        widget=LiveMarkdown(attrs={"data-new-claim-url": "/admin/try/claim/"}),
        required=False,
    )


def editor(request):
    initial = {"body": request.GET.get("body", "")}
    context = {**admin.site.each_context(request), "form": Article(initial=initial)}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def save(request):
    return HttpResponse(f"Saved: {request.POST.get('body', '')}")


def claim(request):
    if request.method == "POST" and request.POST["statement"]:
        return JsonResponse({"key": "mesotherapy/overall-safety"})
    return HttpResponse(engines["django"].from_string(CLAIM).render({}, request))


urlpatterns = [
    path("admin/try/", editor, name="try"),
    path("admin/try/save/", save, name="try-save"),
    path("admin/try/claim/", claim),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
