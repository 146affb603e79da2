"""Deeds with files."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import Verb, declare

ATTACHED = declare(Verb("attached", _("{actor} added a file to {post}"), "paperclip"))
