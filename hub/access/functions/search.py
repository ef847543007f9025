"""The words that rows are found by."""

from __future__ import annotations

from typing import Final

WORDS: Final = """\
CREATE FUNCTION hub_words(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_split_to_array(hub_plain(words), '[^a-z0-9]+')"""

INDEX_WORDS: Final = """\
CREATE FUNCTION hub_index_words() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  DELETE FROM search_word WHERE kind = tg_table_name AND row_id IN (SELECT id FROM changed);
  INSERT INTO search_word (kind, word, row_id)
  SELECT DISTINCT tg_table_name, w.word, c.id
  FROM changed c
  CROSS JOIN LATERAL unnest(tg_argv) AS n (name)
  CROSS JOIN LATERAL unnest(hub_words(to_jsonb(c) ->> n.name)) AS w (word)
  WHERE w.word <> '';
  RETURN NULL;
END
$fn$"""

FORGET_WORDS: Final = """\
CREATE FUNCTION hub_forget_words() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  DELETE FROM search_word WHERE kind = tg_table_name AND row_id IN (SELECT id FROM changed);
  RETURN NULL;
END
$fn$"""

SEARCHED: Final = {
    "programme": ("name_vi", "name_en"),
    "project": ("name_vi", "name_en", "number"),
    "agency": ("name_vi", "name_en", "abbreviation"),
    "area": ("name",),
    "document": ("title_vi", "title_en", "number"),
    "indicator": ("name_vi", "name_en"),
    "facility": ("name_vi", "name_en", "address"),
    "task": ("description_vi", "description_en"),
    "glossary_term": ("term_vi", "term_en", "abbreviation"),
}
"""Tables whose rows are found by words, and the columns that the words are taken from."""


def word_triggers(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the triggers that keep the words of *columns* of *table* as its rows are."""
    named = ", ".join(f"'{column}'" for column in columns)
    return (
        f"""\
CREATE TRIGGER words_follow_new_rows AFTER INSERT ON {table}
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_index_words({named})""",
        f"""\
CREATE TRIGGER words_follow_changed_rows AFTER UPDATE ON {table}
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_index_words({named})""",
        f"""\
CREATE TRIGGER words_end_with_rows AFTER DELETE ON {table}
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hub_forget_words()""",
    )
