CREATE VIEW analyst_entry AS
SELECT entry.no, entry.kind, entry.country, entry.cycle, entry.meeting,
       CAST(entry.happened_on AS date) AS happened_on, entry.precision,
       CAST(entry.recorded_at AS timestamptz) AS recorded_at, entry.corrects,
       entry.withdrawn = 1 AS withdrawn, entry.slot, entry.visibility, entry.source,
       CAST(entry_body.text AS json) AS body
FROM entry LEFT JOIN entry_body ON entry_body.no = entry.no
---
CREATE VIEW analyst_observation AS
SELECT observation.*, CAST(entry.recorded_at AS timestamptz) AS recorded_at, entry.visibility
FROM observation JOIN entry ON entry.no = observation.entry_no
