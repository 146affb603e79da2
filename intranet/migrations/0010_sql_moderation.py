"""The last wall: what a lock holds is refused by the tables themselves, whichever way a write comes.

`kesher_lock_over(post, space, person, scopes)` is the one rule of which lock reaches what; the gate asks it as well. The
triggers take the same locks as the gate, in its order (space, then the row of the thread), so that a write that began
before a lock was placed either ends before it or finds it.

Decisions of moderators are made past locks: they run `set_config('kesher.past_locks', 'on', true)`, which ends with
their transaction. `moderation.gate.past_locks` is the one place that does.
"""

from django.db import migrations

FIND = """
CREATE FUNCTION kesher_lock_over(p_post bigint, p_space bigint, p_person bigint, p_scopes text[])
RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above (id, parent_id, root_id, step) AS (
        SELECT id, parent_id, root_id, 0 FROM intranet_post WHERE id = p_post
        UNION ALL
        SELECT post.id, post.parent_id, post.root_id, above.step + 1
        FROM above JOIN intranet_post post ON post.id = coalesce(above.parent_id, above.root_id)
    )
    SELECT lock.id
    FROM intranet_lock lock LEFT JOIN above ON above.id = lock.post_id
    WHERE lock.released_at IS NULL
        AND (lock.until IS NULL OR lock.until > statement_timestamp())
        AND lock.scope = ANY (p_scopes)
        AND ((above.id IS NOT NULL AND (above.step = 0 OR lock.reach = 'branch'))
            OR (lock.space_id = p_space AND (lock.person_id IS NULL OR lock.person_id = p_person)))
        -- Whoever is asked to edit can do so: no lock that waits for their edit stops it.
        AND NOT (lock.condition = 'edit_accepted' AND 'edits' = ANY (p_scopes) AND EXISTS (
            SELECT FROM intranet_post held
            WHERE held.id = lock.post_id AND held.id = p_post
                AND (p_person IS NULL OR held.author_id = p_person)))
    ORDER BY above.step NULLS LAST, lock.person_id NULLS LAST, lock.id
    LIMIT 1
$$;
"""

WALL = """
CREATE FUNCTION kesher_refuse_locked(p_post bigint, p_space bigint, p_person bigint, p_scopes text[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE found bigint;
BEGIN
    IF coalesce(current_setting('kesher.past_locks', true), '') = 'on' THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(7301, p_space::int);
    PERFORM FROM intranet_post
    WHERE id = (SELECT coalesce(root_id, id) FROM intranet_post WHERE id = p_post) FOR SHARE;
    found := kesher_lock_over(p_post, p_space, p_person, p_scopes);
    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'lock % holds this', found USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION kesher_post_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.root_id IS NULL AND NEW.kind IN ('blog_post', 'article', 'policy') THEN
            PERFORM kesher_refuse_locked(NULL, NEW.space_id, NEW.author_id, '{edits,all}');
        ELSE
            PERFORM kesher_refuse_locked(
                coalesce(NEW.parent_id, NEW.root_id), NEW.space_id, NEW.author_id, '{replies,all}');
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.title, OLD.source, OLD.html, OLD.state, OLD.space_id, OLD.root_id, OLD.parent_id)
        IS DISTINCT FROM
        (NEW.title, NEW.source, NEW.html, NEW.state, NEW.space_id, NEW.root_id, NEW.parent_id) THEN
        PERFORM kesher_refuse_locked(OLD.id, OLD.space_id, NULL, '{edits,all}');
    END IF;
    IF OLD.score IS DISTINCT FROM NEW.score THEN
        PERFORM kesher_refuse_locked(OLD.id, OLD.space_id, NULL, '{votes,all}');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_is_open_to_new BEFORE INSERT ON intranet_post
    FOR EACH ROW EXECUTE FUNCTION kesher_post_is_open();
CREATE TRIGGER post_is_open_to_change
    BEFORE UPDATE OF title, source, html, state, space_id, root_id, parent_id, score ON intranet_post
    FOR EACH ROW EXECUTE FUNCTION kesher_post_is_open();

CREATE FUNCTION kesher_reaction_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE this record;
BEGIN
    IF TG_OP = 'DELETE' THEN this := OLD; ELSE this := NEW; END IF;
    PERFORM kesher_refuse_locked(
        this.post_id, (SELECT space_id FROM intranet_post WHERE id = this.post_id), this.person_id, '{votes,all}');
    RETURN this;
END $$;
CREATE TRIGGER reaction_is_open BEFORE INSERT OR UPDATE OR DELETE ON intranet_reaction
    FOR EACH ROW EXECUTE FUNCTION kesher_reaction_is_open();

CREATE FUNCTION kesher_text_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE this record;
BEGIN
    IF TG_OP = 'DELETE' THEN this := OLD; ELSE this := NEW; END IF;
    PERFORM kesher_refuse_locked(
        this.post_id, (SELECT space_id FROM intranet_post WHERE id = this.post_id), NULL, '{edits,all}');
    RETURN this;
END $$;
CREATE TRIGGER revision_is_open BEFORE INSERT OR UPDATE OR DELETE ON intranet_revision
    FOR EACH ROW EXECUTE FUNCTION kesher_text_is_open();
"""

OTHER_EYES = """
CREATE FUNCTION kesher_appeal_has_other_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_by_id IS NOT NULL AND (NEW.decided_by_id = NEW.appellant_id OR NEW.decided_by_id IN (
        SELECT decider_id FROM intranet_decision WHERE id = NEW.decision_id
        UNION ALL SELECT placed_by_id FROM intranet_lock WHERE id = NEW.lock_id)) THEN
        RAISE EXCEPTION 'an appeal is decided by another moderator' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appeal_has_other_eyes BEFORE INSERT OR UPDATE OF decided_by_id ON intranet_appeal
    FOR EACH ROW EXECUTE FUNCTION kesher_appeal_has_other_eyes();
"""

DROP_OTHER_EYES = """
DROP TRIGGER appeal_has_other_eyes ON intranet_appeal;
DROP FUNCTION kesher_appeal_has_other_eyes();
"""

DROP_WALL = """
DROP TRIGGER revision_is_open ON intranet_revision;
DROP FUNCTION kesher_text_is_open();
DROP TRIGGER reaction_is_open ON intranet_reaction;
DROP FUNCTION kesher_reaction_is_open();
DROP TRIGGER post_is_open_to_change ON intranet_post;
DROP TRIGGER post_is_open_to_new ON intranet_post;
DROP FUNCTION kesher_post_is_open();
DROP FUNCTION kesher_refuse_locked(bigint, bigint, bigint, text[]);
"""

DROP_FIND = "DROP FUNCTION kesher_lock_over(bigint, bigint, bigint, text[]);"


class Migration(migrations.Migration):
    dependencies = [("intranet", "0009_moderation")]
    operations = [
        migrations.RunSQL(FIND, DROP_FIND),
        migrations.RunSQL(WALL, DROP_WALL),
        migrations.RunSQL(OTHER_EYES, DROP_OTHER_EYES),
    ]
