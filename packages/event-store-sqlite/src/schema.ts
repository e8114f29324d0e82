/** "DuLE" in the file's header: how an event file of ours is told from any other SQLite file. */
export const APPLICATION_ID = 0x44_75_4c_45

/**
 * Each entry leads from one schema version to the next and is never edited afterwards.
 *
 * A type is stored once per category, so that `event_by_type` serves the filter by type, by category and by both.
 * `event_by_type` and `event_by_stream` are tables and no indexes because they follow the events in blocks: kept up with
 * every transaction, an index would dirty a page per type and a page per stream each time, three quarters of all that is
 * written. `places` are the events' places in the block, with commas; `event_index` has the last position covered.
 *
 * That a stream has each version once is decided before an event is written: there is one writer at a time, and it
 * forgets what it knows of the streams as soon as another has written. `event_by_stream` would refuse what slipped through.
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
  // The constraint on stream and version cannot be taken off a table, so the events move to one without it. The index's
  // mark gets a new name: a program that does not know the new layout fails on it instead of writing past the index.
  `
  CREATE TABLE moved_event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    version INTEGER NOT NULL,
    type INTEGER NOT NULL,
    time INTEGER NOT NULL,
    id TEXT NOT NULL,
    data TEXT NOT NULL,
    meta TEXT NOT NULL
  ) STRICT;
  INSERT INTO moved_event SELECT * FROM event ORDER BY position;
  DROP TABLE event;
  ALTER TABLE moved_event RENAME TO event;
  CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE (ABORT, 'events are never changed'); END;
  CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event
    BEGIN SELECT RAISE (ABORT, 'events are never removed'); END;
  ALTER TABLE type_index RENAME TO event_index;
  CREATE TABLE event_by_stream (
    stream INTEGER NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (stream, version)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO event_by_stream (stream, version, position)
    SELECT stream, version, position FROM event
    WHERE position <= (SELECT through FROM event_index) ORDER BY stream, version;
  `,
]
