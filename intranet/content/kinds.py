"""The vocabulary of content: what a space, a post, a reaction can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SpaceKind(TextChoices):
    """What lives in a space."""

    COMMUNITY = "community", _("Community")
    BLOG = "blog", _("Blog")
    POLICIES = "policies", _("Policies")


class Visibility(TextChoices):
    """Who knows of a space and sees into it."""

    OPEN = "open", _("Open")
    REQUEST = "request", _("By request")
    SECRET = "secret", _("Secret")


class Joining(TextChoices):
    """How one becomes a member."""

    OPEN = "open", _("Anyone may join")
    REQUEST = "request", _("Ask to join")
    INVITE = "invite", _("By invitation")


class Posting(TextChoices):
    """Who may start threads in a space."""

    MEMBERS = "members", _("Members")
    EVERYONE = "everyone", _("Everyone who sees it")
    MANAGERS = "managers", _("Owners and managers only")


class SpaceRole(TextChoices):
    """What a member is trusted with inside one space."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    MODERATOR = "moderator", _("Moderator")
    EXPERT = "expert", _("Expert")
    MEMBER = "member", _("Member")
    GUEST = "guest", _("Guest")


class PostKind(TextChoices):
    """The form of what was written. The first group starts a thread, the second lives in one."""

    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")
    IDEA = "idea", _("Idea")
    ANNOUNCEMENT = "announcement", _("Announcement")
    BLOG_POST = "blog_post", _("Blog post")
    ARTICLE = "article", _("Article")
    POLICY = "policy", _("Policy")
    ANSWER = "answer", _("Answer")
    REPLY = "reply", _("Reply")
    COMMENT = "comment", _("Comment")


THREAD_KINDS = frozenset({PostKind.QUESTION, PostKind.DISCUSSION, PostKind.IDEA, PostKind.ANNOUNCEMENT})
DOCUMENT_KINDS = frozenset({PostKind.BLOG_POST, PostKind.ARTICLE, PostKind.POLICY})
REPLY_KINDS = frozenset({PostKind.ANSWER, PostKind.REPLY, PostKind.COMMENT})


class PostState(TextChoices):
    """Where a post stands between being typed and being gone."""

    DRAFT = "draft", _("Draft")
    HELD = "held", _("Waiting for a moderator")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    DELETED = "deleted", _("Deleted")


class ReactionKind(TextChoices):
    """What a reader can say about a post with one press."""

    VOTE = "vote", _("Vote")
    THANKS = "thanks", _("Thanks")
    HELPED = "helped", _("This solved it for me too")
