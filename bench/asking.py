"""How long it takes to say which questions are similar while one is typed, in the world of `bench/seed.py`.

    KESHER_DATA=… ./kesher manage shell < bench/asking.py        (or DATABASE_URL of a server that holds that world)

Takes titles of existing questions, cuts some short as if they were still being typed, and asks for similar ones as
several readers. Reads only. Prints the number of posts and p50, p95 and the longest time in milliseconds, without the
HTTP around them (about 5 ms), and the same for "who will be asked".
"""

import random
import statistics
import time

from communities.asking.addressing import Addressee, asked_people, likely
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.routing.candidates import Asked
from intranet.search.similar import similar

RUNS = 60
LIMIT_MS = 300


def titles(chance):
    """Titles of questions, every second one cut within a word."""
    posts = Post.objects.filter(kind="question").order_by("-pk").values_list("title", flat=True)[:2000]
    for number, title in enumerate(chance.sample(list(posts), min(RUNS, len(posts)))):
        yield title if number % 2 else title[: max(12, len(title) * 2 // 3)]


def report(name, times):
    """One line of the table."""
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95) - 1]
    print(
        f"{name:24} p50 {statistics.median(ordered):6.1f}  p95 {p95:6.1f}  max {ordered[-1]:6.1f} ms",
        flush=True,
    )
    return p95


def measure(deed, arguments):
    """Milliseconds of each call."""
    times = []
    for each in arguments:
        began = time.perf_counter()
        deed(*each)
        times.append((time.perf_counter() - began) * 1000)
    return times


chance = random.Random(7)
people = list(User.objects.active().order_by("pk")[:20])
spaces = list(Space.objects.communities().filter(visibility="open").select_related("charter")[:20])
said = [(chance.choice(people), title, chance.choice(spaces)) for title in titles(chance)]
print(f"{Post.objects.count():,} posts, {len(said)} titles")
for person, title, _space in said[:3]:
    similar(person, title)
p95 = report("similar", measure(lambda person, title, space: similar(person, title, space=space), said))
report(
    "who will be asked",
    measure(lambda person, title, space: asked_people(Asked(person, title, (), space), Addressee()), said),
)
report("before a word is typed", measure(lambda person, title, space: likely(space, person), said))
print("within 300 ms" if p95 <= LIMIT_MS else "TOO SLOW")
