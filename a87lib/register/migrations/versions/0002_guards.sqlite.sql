CREATE TRIGGER document_content_only_erased BEFORE UPDATE ON document_content
WHEN NEW.sha256 <> OLD.sha256 OR NEW.content IS NOT NULL
  OR NOT EXISTS (
    SELECT 1 FROM entry JOIN entry_body AS told ON told.no = entry.no
    WHERE entry.kind = 'erasure_recorded' AND entry.withdrawn = 0
      AND json_extract(told.text, '$.document') = 'sha256:' || OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'a87: a document is only blanked, and only by a recorded erasure'); END
---
CREATE TRIGGER document_content_no_delete BEFORE DELETE ON document_content
BEGIN SELECT RAISE(ABORT, 'a87: a received document is never deleted'); END
---
CREATE TRIGGER document_content_no_replace BEFORE INSERT ON document_content
WHEN NEW.content IS NULL
  OR EXISTS (SELECT 1 FROM document_content WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a87: a received document is never replaced'); END
