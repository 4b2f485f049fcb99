CREATE FUNCTION a87_document_only_erased() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.sha256 <> OLD.sha256 OR NEW.content IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM entry JOIN entry_body AS told ON told.no = entry.no
    WHERE entry.kind = 'erasure_recorded' AND entry.withdrawn = 0
      AND CAST(told.text AS json) ->> 'document' = 'sha256:' || OLD.sha256) THEN
    RAISE EXCEPTION USING ERRCODE = 'A8700',
      MESSAGE = 'a87: a document is only blanked, and only by a recorded erasure';
  END IF;
  RETURN NEW;
END $$
---
CREATE TRIGGER document_content_only_erased BEFORE UPDATE ON document_content
FOR EACH ROW EXECUTE FUNCTION a87_document_only_erased()
---
CREATE TRIGGER document_content_no_delete BEFORE DELETE OR TRUNCATE ON document_content
FOR EACH STATEMENT EXECUTE FUNCTION a87_refuse()
