/** "DuLE" in the file's header: how an event file of ours is told from any other SQLite file. */
export const APPLICATION_ID = 0x44_75_4c_45

/**
 * Each entry leads from one schema version to the next and is never edited afterwards.
 *
 * A type is stored once per category, so that `event_by_type` serves the filter by type, by category and by both. It is
 * a table and no index because it follows the events in blocks: kept up with every transaction, an index would dirty a
 * page per type each time, a third of all that is written. `places` are the events' places in the block,
 * with commas; `type_index` has the last position covered.
 *
 * Positions are counted by SQLite: one more than the largest. AUTOINCREMENT would guard against a position being given
 * again after the newest events were removed, for a tenth of the speed; here the triggers see to it that none ever is.
 */
export const migrations: readonly string[] = [
  `
  PRAGMA application_id = ${APPLICATION_ID};
  CREATE TABLE event_type (
    id INTEGER PRIMARY KEY,
    category TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (category, name)
  ) STRICT;
  CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    version INTEGER NOT NULL,
    type INTEGER NOT NULL,
    time INTEGER NOT NULL,
    id TEXT NOT NULL,
    data TEXT NOT NULL,
    meta TEXT NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;
  CREATE TABLE event_by_type (
    type INTEGER NOT NULL,
    block INTEGER NOT NULL,
    places TEXT NOT NULL,
    PRIMARY KEY (type, block)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE type_index (
    through INTEGER NOT NULL
  ) STRICT;
  INSERT INTO type_index (through) VALUES (0);
  CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE (ABORT, 'events are never changed'); END;
  CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event
    BEGIN SELECT RAISE (ABORT, 'events are never removed'); END;
  `,
]
