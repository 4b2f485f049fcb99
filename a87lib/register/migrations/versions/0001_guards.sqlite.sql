CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'a87: an entry is never changed; record a correction'); END
---
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'a87: an entry is never deleted; record a withdrawal'); END
---
CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE no = NEW.no)
  OR EXISTS (SELECT 1 FROM entry WHERE corrects = NEW.corrects)
  OR EXISTS (SELECT 1 FROM entry WHERE slot = NEW.slot)
  OR EXISTS (SELECT 1 FROM entry WHERE label = NEW.label)
  OR EXISTS (SELECT 1 FROM entry WHERE hash = NEW.hash)
  OR EXISTS (SELECT 1 FROM entry WHERE previous_hash = NEW.previous_hash)
BEGIN SELECT RAISE(ABORT, 'a87: an entry is never replaced'); END
---
CREATE TRIGGER entry_in_chain BEFORE INSERT ON entry
WHEN NEW.no <> coalesce((SELECT max(no) FROM entry), 0) + 1
  OR (NEW.no > 1 AND NEW.previous_hash <> (SELECT hash FROM entry WHERE no = NEW.no - 1))
BEGIN SELECT RAISE(ABORT, 'a87: an entry continues the chain'); END
---
CREATE TRIGGER entry_body_only_erased BEFORE UPDATE ON entry_body
WHEN NEW.no <> OLD.no OR NEW.text IS NOT NULL OR NEW.salt IS NOT NULL
  OR NOT EXISTS (
    SELECT 1 FROM entry JOIN entry_body AS told ON told.no = entry.no
    WHERE entry.kind = 'erasure_recorded' AND entry.withdrawn = 0
      AND json_extract(told.text, '$.entry') = OLD.no)
BEGIN SELECT RAISE(ABORT, 'a87: a body is only blanked, and only by a recorded erasure'); END
---
CREATE TRIGGER entry_body_no_delete BEFORE DELETE ON entry_body
BEGIN SELECT RAISE(ABORT, 'a87: a body is never deleted'); END
---
CREATE TRIGGER entry_body_no_replace BEFORE INSERT ON entry_body
WHEN EXISTS (SELECT 1 FROM entry_body WHERE no = NEW.no)
BEGIN SELECT RAISE(ABORT, 'a87: a body is never replaced'); END
---
CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation
BEGIN SELECT RAISE(ABORT, 'a87: a figure is never changed; a later entry supersedes it'); END
---
CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation
BEGIN SELECT RAISE(ABORT, 'a87: a figure is never deleted'); END
---
CREATE TRIGGER observation_no_replace BEFORE INSERT ON observation
WHEN EXISTS (SELECT 1 FROM observation WHERE entry_no = NEW.entry_no AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a87: a figure is never replaced'); END
---
CREATE TRIGGER head_only_forward BEFORE UPDATE ON head
WHEN NEW.no <= OLD.no OR NEW.stamped_at < OLD.stamped_at
  OR NOT EXISTS (SELECT 1 FROM entry WHERE no = NEW.no AND hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'a87: the head only moves forward'); END
---
CREATE TRIGGER head_no_delete BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'a87: the head is never deleted'); END
---
CREATE TRIGGER head_no_replace BEFORE INSERT ON head
WHEN EXISTS (SELECT 1 FROM head)
BEGIN SELECT RAISE(ABORT, 'a87: there is one head'); END
---
CREATE TRIGGER meta_only_format BEFORE UPDATE ON meta
WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.name <> OLD.name OR NEW.format <= OLD.format
BEGIN SELECT RAISE(ABORT, 'a87: kind and name of a register never change'); END
---
CREATE TRIGGER meta_no_delete BEFORE DELETE ON meta
BEGIN SELECT RAISE(ABORT, 'a87: the description of a register is never deleted'); END
---
CREATE TRIGGER meta_no_replace BEFORE INSERT ON meta
WHEN EXISTS (SELECT 1 FROM meta)
BEGIN SELECT RAISE(ABORT, 'a87: a register has one description'); END
---
CREATE TRIGGER document_no_update BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'a87: a received document is never changed'); END
---
CREATE TRIGGER document_no_delete BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'a87: a received document is never deleted'); END
---
CREATE TRIGGER document_no_replace BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a87: a received document is never replaced'); END
---
CREATE TRIGGER entry_body_with_entry BEFORE INSERT ON entry_body
WHEN NEW.no <= (SELECT no FROM head)
BEGIN SELECT RAISE(ABORT, 'a87: a body comes with its entry'); END
---
CREATE TRIGGER observation_with_entry BEFORE INSERT ON observation
WHEN NEW.entry_no <= (SELECT no FROM head)
BEGIN SELECT RAISE(ABORT, 'a87: a figure comes with its entry'); END
