"""Addresses of the inbox, of following and of bookmarks."""

from django.urls import path

from intranet.notify.views import bookmarks, following, inbox, mail

app_name = "notify"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/bell/", inbox.bell, name="bell"),
    path("inbox/seen/", inbox.see_all, name="see_all"),
    path("inbox/<int:pk>/", inbox.opened, name="opened"),
    path("inbox/read/<slug:public_id>/", inbox.read, name="read"),
    path("inbox/mail/", mail.rhythm, name="rhythm"),
    path("inbox/mail/stop/<str:token>/", mail.stop, name="stop"),
    path("following/", following.following, name="following"),
    path("following/<slug:kind>/<str:key>/", following.set_level, name="set_level"),
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    path("bookmarks/<slug:public_id>/", bookmarks.keep, name="bookmark"),
    path("bookmarks/<slug:public_id>/drop/", bookmarks.drop, name="drop_bookmark"),
]
