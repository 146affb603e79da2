"""Many people at the same moment, against a real server of four workers and its background worker, on a database of
their own.

    .venv/bin/python bench/races.py [--part 0.1] [--only thread votes …]

Each race is asked through the API, by programs of different people, and judged by what the database holds afterwards.
At the end the worker has read all of it and missed nothing. Prints a table of what was asked, how long it took, how it was answered; 1 when anything is not as promised. `--part`
runs that share of each race.
"""

from __future__ import annotations

import argparse
import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from four_workers import Answer, Site, running

PEOPLE = 120
SEED = 7
SLUG, OTHER = "workshop", "partners"
WRITERS = 50
POSTS_EACH = 40
DOUBLES = 200
RETRIED = 1_000
LOCKS = 500
SURGERIES = 100
AT_ONCE = 8
"""Races run side by side: as many as keep four workers busy."""
CATCHING_UP = 300.0
"""Seconds after which a worker that is not through with the log is taken for stuck."""

ORPHANS = """
    SELECT count(*) FROM intranet_post post JOIN intranet_post root ON root.id = post.root_id
    JOIN intranet_post parent ON parent.id = post.parent_id
    WHERE post.space_id <> root.space_id OR root.root_id IS NOT NULL
       OR (parent.id <> root.id AND parent.root_id IS DISTINCT FROM root.id)
"""
MISCOUNTED = """
    SELECT count(*) FROM intranet_post root
    CROSS JOIN LATERAL (SELECT count(*) n, coalesce(max(number), 0) last, count(DISTINCT number) different
                        FROM intranet_post WHERE root_id = root.id) below
    WHERE root.root_id IS NULL AND (below.n, below.n, below.n) <> (root.reply_count, below.last, below.different)
"""
BEHIND_A_LOCK = """
    SELECT count(*) FROM intranet_event lock JOIN intranet_post reply ON reply.root_id = lock.post_id
    JOIN intranet_event written ON written.post_id = reply.id AND written.verb = 'replied'
    WHERE lock.verb = 'locked' AND written.id > lock.id
"""
"""Both deeds draw the number of their event under the lock of the thread's row, so the numbers tell the order."""
READERS_BEHIND = """
    SELECT count(*) FROM intranet_cursor
    WHERE (txid, event) < (SELECT txid, id FROM intranet_event ORDER BY txid DESC, id DESC LIMIT 1)
"""
NOT_FOUND = """
    SELECT count(*) FROM intranet_post post JOIN intranet_post thread ON thread.id = coalesce(post.root_id, post.id)
    LEFT JOIN intranet_searchentry entry ON entry.post_id = post.id
    WHERE entry.id IS NULL AND post.state = 'published' AND thread.state = 'published'
"""
FAILED_TASKS = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"
LAST_LOCK_HOLDS = """
    SELECT count(*) FROM (
        SELECT post.id, count(*) records, max(event.id) last FROM intranet_event event
        JOIN intranet_post post ON post.id = event.post_id
        WHERE event.verb = 'locked' AND post.title LIKE 'Double %%' GROUP BY post.id) each
    JOIN intranet_event event ON event.id = each.last
    JOIN intranet_lock held ON held.post_id = each.id AND held.released_at IS NULL
    WHERE each.records = 2 AND held.id = (event.data->>'lock')::bigint
"""


@dataclass
class Race:
    """One race: how it was answered, and what is wrong afterwards."""

    site: Site
    part: float
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def many(self, number: int) -> int:
        """The share of a race that is run."""
        return max(1, round(number * self.part))

    def at_once(self, *deeds: Callable[[], Answer]) -> list[Answer]:
        """Do `deeds` in threads that start together, and count the answers."""
        door = threading.Barrier(len(deeds))

        def run(deed: Callable[[], Answer]) -> Answer:
            door.wait()
            return deed()

        with ThreadPoolExecutor(len(deeds)) as pool:
            answers = list(pool.map(run, deeds))
        with self.writing:
            self.statuses.update(answer.status for answer in answers)
        return answers

    def side_by_side(self, deed: Callable[[int], object], number: int) -> None:
        """`deed(0)`, `deed(1)` … with several at work."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(deed, range(number)))

    def expect(self, what: str, found: object, expected: object) -> None:
        if found != expected:
            self.wrong.append(f"{what}: {found} instead of {expected}")

    def members(self) -> list[str]:
        """Employees who may write in the community, in a fixed order."""
        names = {
            person["username"] for person in self.site.world["people"] if person["roles"] == ["employee"]
        }
        (place,) = (space for space in self.site.world["spaces"] if space["slug"] == SLUG)
        return [name for name in place["members"] if name in names and not name.startswith("suspended")]

    def start(self, kind: str, title: str, who: str | None = None) -> str:
        """A new thread, by its id."""
        said = {"kind": kind, "title": title, "source": "It moves."}
        made = self.site.send(who or self.members()[0], "POST", f"/communities/{SLUG}/threads", **said)
        if made.status != 201:
            raise SystemExit(f"No thread could be started: {made}")
        return made.said["id"]

    def reply(self, who: str, thread: str, source: str = "So it does.") -> Answer:
        return self.site.send(who, "POST", f"/threads/{thread}/replies", source=source)


def thread(race: Race) -> None:
    """Fifty people, forty posts each, into one thread."""
    root, writers, each = (
        race.start("discussion", "All at once"),
        race.members()[:WRITERS],
        race.many(POSTS_EACH),
    )

    def write(who: str) -> Callable[[], Answer]:
        def deed() -> Answer:
            answers = [race.reply(who, root, f"{who} {n}") for n in range(each)]
            with race.writing:
                race.statuses.update(answer.status for answer in answers[1:])
            return answers[0]

        return deed

    race.at_once(*map(write, writers))
    total = len(writers) * each
    race.expect("writers", len(writers), WRITERS)
    race.expect("answers", dict(race.statuses), {201: total})
    held = race.site.rows(
        "SELECT number FROM intranet_post WHERE root_id = (SELECT id FROM intranet_post WHERE public_id = %s)"
        " ORDER BY number",
        root,
    )
    race.expect("numbers", [number for (number,) in held] == list(range(1, total + 1)), True)


def votes(race: Race) -> None:
    """The same vote, sent four times at once."""
    people = race.members()
    posts = [race.start("question", f"Vote {n}") for n in range(10)]
    pairs = list(itertools.islice(itertools.product(people[1:], posts), race.many(DOUBLES)))

    def vote(n: int) -> None:
        who, post = pairs[n]
        race.at_once(*[lambda: race.site.send(who, "PUT", f"/posts/{post}/vote", value=1)] * 4)

    race.side_by_side(vote, len(pairs))
    query = "SELECT count(*), sum(value) FROM intranet_reaction r JOIN intranet_post p ON p.id = r.post_id"
    race.expect("votes", race.site.rows(f"{query} WHERE p.public_id = ANY(%s)", posts), [(len(pairs),) * 2])
    scores = race.site.number("SELECT sum(score) FROM intranet_post WHERE public_id = ANY(%s)", posts)
    race.expect("scores", scores, len(pairs))


def claims(race: Race) -> None:
    """Four people claim one question."""
    people = race.members()

    def claim(n: int) -> int:
        asked = race.start("question", f"Claim {n}", people[n % 5])
        some = people[5 + n % 40 : 9 + n % 40]
        claimed = race.at_once(
            *(
                lambda who=who: race.site.send(who, "PUT", f"/threads/{asked}/claim", claimed=True)
                for who in some
            )
        )
        return sum(answer.status == 200 for answer in claimed)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        holders = Counter(pool.map(claim, range(race.many(DOUBLES))))
    race.expect("claims that hold", dict(holders), {1: race.many(DOUBLES)})


def accepts(race: Race) -> None:
    """The asker accepts two answers, each twice, at the same moment."""
    people = race.members()
    number = race.many(DOUBLES)

    def accept(n: int) -> None:
        asker = people[n % 5]
        asked = race.start("question", f"Accept {n}", asker)
        answers = [race.reply(people[10 + k], asked).said["id"] for k in range(2)] * 2
        race.at_once(
            *(
                lambda answer=answer: race.site.send(
                    asker, "PUT", f"/threads/{asked}/accepted", answer=answer
                )
                for answer in answers
            )
        )

    race.side_by_side(accept, number)
    counted = """
        SELECT count(*) FROM (
            SELECT post.root_id, sum(CASE event.verb WHEN 'accepted' THEN 1 ELSE -1 END) standing
            FROM intranet_event event JOIN intranet_post post ON post.id = event.post_id
            JOIN intranet_post root ON root.id = post.root_id
            WHERE event.verb IN ('accepted', 'unaccepted') AND root.title LIKE 'Accept %%'
            GROUP BY post.root_id) each WHERE standing = 1"""
    race.expect("questions with one acceptance", race.site.number(counted), number)


def retries(race: Race) -> None:
    """Every post is sent twice at once with the same token."""
    number, people = race.many(RETRIED), race.members()

    def ask(n: int) -> None:
        said = {"kind": "discussion", "title": f"Retried {n}", "source": "x", "client_token": f"retry-{n:06}"}
        send = race.site.send
        who = people[n % len(people)]
        both = race.at_once(*[lambda: send(who, "POST", f"/communities/{SLUG}/threads", **said)] * 2)
        if both[0].said != both[1].said:
            race.wrong.append(f"two posts for one token: {both}")

    race.side_by_side(ask, number)
    found = race.site.number("SELECT count(*) FROM intranet_post WHERE title LIKE 'Retried %%'")
    race.expect("posts", found, number)
    race.expect("answers", dict(race.statuses), {200: number, 201: number})


def locks(race: Race) -> None:
    """A moderator locks a thread while two people reply; a third reply follows."""
    policy = race.site.world["policies"][0]
    clause, people = f"{policy['slug']}#{policy['clauses'][0]}", race.members()

    def lock(n: int) -> None:
        root = race.start("discussion", f"Lock {n}")
        wanted = {"locked": True, "scope": "replies", "clause": clause, "note": "Enough."}
        race.at_once(
            lambda: race.reply(people[1], root),
            lambda: race.site.send("moderator1", "PUT", f"/posts/{root}/lock", **wanted),
            lambda: race.reply(people[2], root),
        )
        if (late := race.reply(people[3], root)).status != 423:
            race.wrong.append(f"a reply after the lock was answered {late}")

    race.side_by_side(lock, race.many(LOCKS))
    race.expect("replies behind a lock", race.site.number(BEHIND_A_LOCK), 0)


def double_locks(race: Race) -> None:
    """Two moderators lock one thread with different scopes: the last command stands, and both are on record."""
    policy = race.site.world["policies"][0]
    clause, scopes = f"{policy['slug']}#{policy['clauses'][0]}", ("replies", "edits", "votes", "all")
    number, pairs = race.many(DOUBLES), list(itertools.permutations(scopes, 2))

    def lock(n: int) -> None:
        root = race.start("discussion", f"Double {n}")
        race.at_once(
            *(
                lambda who=who, scope=scope: race.site.send(
                    who, "PUT", f"/posts/{root}/lock", locked=True, scope=scope, clause=clause, note="Enough."
                )
                for who, scope in zip(("moderator1", "moderator2"), pairs[n % len(pairs)], strict=True)
            )
        )

    race.side_by_side(lock, number)
    race.expect("answers", dict(race.statuses), {200: 2 * number})
    race.expect(
        "threads with two records, the last of which holds", race.site.number(LAST_LOCK_HOLDS), number
    )


def moves(race: Race) -> None:
    """A thread is moved, or merged into another, while people reply to both."""
    people = race.members()

    def move(n: int) -> None:
        one, two = (race.start("discussion", f"Move {n} {side}") for side in ("a", "b"))
        change = ("community", {"community": OTHER}) if n % 2 else ("merged", {"into": two})
        race.at_once(
            lambda: race.reply(people[1], one),
            lambda: race.site.send("moderator1", "PUT", f"/threads/{one}/{change[0]}", **change[1]),
            lambda: race.reply(people[2], one),
            lambda: race.reply(people[3], two),
        )

    race.side_by_side(move, race.many(SURGERIES))
    race.expect("surgeries", race.site.number("SELECT count(*) FROM communities_surgery") > 0, True)


RACES = (thread, votes, claims, accepts, retries, locks, double_locks, moves)


def judge(site: Site, race: Race) -> None:
    """What holds after every race."""
    race.expect("server errors", sum(n for status, n in race.statuses.items() if status >= 500), 0)
    race.expect("orphans", site.number(ORPHANS), 0)
    race.expect("threads miscounted", site.number(MISCOUNTED), 0)
    race.expect("deadlocks", site.number("SELECT sum(deadlocks)::int FROM pg_stat_database"), 0)


def judge_worker(site: Site) -> list[str]:
    """What the background worker made of it, once it has read the whole log: what is wrong."""
    deadline = time.monotonic() + CATCHING_UP
    while site.number(READERS_BEHIND) and time.monotonic() < deadline:
        time.sleep(1)
    asked = {"readers behind": READERS_BEHIND, "posts not found": NOT_FOUND, "failed tasks": FAILED_TASKS}
    found = {what: site.number(query) for what, query in asked.items()}
    return [f"{what}: {number}" for what, number in found.items() if number]


def run(site: Site, chosen: Sequence[Callable[[Race], None]], part: float) -> int:
    """Run the races and print a line for each; how many were not as promised."""
    failed = 0
    print("| race | requests | seconds | answers | as promised |\n|---|---|---|---|---|", flush=True)
    for deed in chosen:
        race, began = Race(site, part), time.monotonic()
        deed(race)
        seconds = time.monotonic() - began
        judge(site, race)
        told = ", ".join(f"{status}: {n}" for status, n in sorted(race.statuses.items()))
        verdict = "; ".join(race.wrong[:3]) or "yes"
        print(
            f"| {deed.__name__} | {race.statuses.total()} | {seconds:.0f} | {told} | {verdict} |", flush=True
        )
        failed += bool(race.wrong)
    began = time.monotonic()
    wrong = judge_worker(site)
    print(f"| worker | | {time.monotonic() - began:.0f} | | {'; '.join(wrong) or 'yes'} |", flush=True)
    return failed + bool(wrong)


def main() -> int:
    """Start the site, run the races."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--part", type=float, default=1.0, help="the share of each race that is run (1)")
    parser.add_argument("--only", nargs="+", choices=[each.__name__ for each in RACES], metavar="RACE")
    asked = parser.parse_args()
    chosen = [each for each in RACES if not asked.only or each.__name__ in asked.only]
    with running(PEOPLE, SEED) as site:
        return int(run(site, chosen, asked.part) > 0)


if __name__ == "__main__":
    raise SystemExit(main())
