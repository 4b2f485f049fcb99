CREATE FUNCTION a87_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'A8700', MESSAGE = concat('a87: ', TG_TABLE_NAME, ' refuses ', TG_OP);
END $$
---
CREATE FUNCTION a87_entry_in_chain() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.no <> coalesce((SELECT max(no) FROM entry), 0) + 1
    OR (NEW.no > 1 AND NEW.previous_hash <> (SELECT hash FROM entry WHERE no = NEW.no - 1)) THEN
    RAISE EXCEPTION USING ERRCODE = 'A8700', MESSAGE = 'a87: an entry continues the chain';
  END IF;
  RETURN NEW;
END $$
---
CREATE FUNCTION a87_only_erased() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.no <> OLD.no OR NEW.text IS NOT NULL OR NEW.salt IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM entry JOIN entry_body AS told ON told.no = entry.no
    WHERE entry.kind = 'erasure_recorded' AND entry.withdrawn = 0
      AND CAST(CAST(told.text AS json) ->> 'entry' AS integer) = OLD.no) THEN
    RAISE EXCEPTION USING ERRCODE = 'A8700',
      MESSAGE = 'a87: a body is only blanked, and only by a recorded erasure';
  END IF;
  RETURN NEW;
END $$
---
CREATE FUNCTION a87_head_only_forward() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.no <= OLD.no OR NEW.stamped_at < OLD.stamped_at
    OR NOT EXISTS (SELECT 1 FROM entry WHERE no = NEW.no AND hash = NEW.hash) THEN
    RAISE EXCEPTION USING ERRCODE = 'A8700', MESSAGE = 'a87: the head only moves forward';
  END IF;
  RETURN NEW;
END $$
---
CREATE FUNCTION a87_meta_only_format() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.name <> OLD.name
    OR NEW.format <= OLD.format THEN
    RAISE EXCEPTION USING ERRCODE = 'A8700',
      MESSAGE = 'a87: kind and name of a register never change';
  END IF;
  RETURN NEW;
END $$
---
CREATE FUNCTION a87_with_entry() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF CAST(to_json(NEW) ->> TG_ARGV[0] AS integer) <= (SELECT no FROM head) THEN
    RAISE EXCEPTION USING ERRCODE = 'A8700',
      MESSAGE = concat('a87: ', TG_TABLE_NAME, ' comes with its entry');
  END IF;
  RETURN NEW;
END $$
---
CREATE TRIGGER entry_in_chain BEFORE INSERT ON entry
FOR EACH ROW EXECUTE FUNCTION a87_entry_in_chain()
---
CREATE TRIGGER entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
FOR EACH STATEMENT EXECUTE FUNCTION a87_refuse()
---
CREATE TRIGGER entry_body_only_erased BEFORE UPDATE ON entry_body
FOR EACH ROW EXECUTE FUNCTION a87_only_erased()
---
CREATE TRIGGER entry_body_no_delete BEFORE DELETE OR TRUNCATE ON entry_body
FOR EACH STATEMENT EXECUTE FUNCTION a87_refuse()
---
CREATE TRIGGER observation_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON observation
FOR EACH STATEMENT EXECUTE FUNCTION a87_refuse()
---
CREATE TRIGGER head_only_forward BEFORE UPDATE ON head
FOR EACH ROW EXECUTE FUNCTION a87_head_only_forward()
---
CREATE TRIGGER head_no_delete BEFORE DELETE OR TRUNCATE ON head
FOR EACH STATEMENT EXECUTE FUNCTION a87_refuse()
---
CREATE TRIGGER meta_only_format BEFORE UPDATE ON meta
FOR EACH ROW EXECUTE FUNCTION a87_meta_only_format()
---
CREATE TRIGGER meta_no_delete BEFORE DELETE OR TRUNCATE ON meta
FOR EACH STATEMENT EXECUTE FUNCTION a87_refuse()
---
CREATE TRIGGER document_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON document
FOR EACH STATEMENT EXECUTE FUNCTION a87_refuse()
---
CREATE TRIGGER entry_body_with_entry BEFORE INSERT ON entry_body
FOR EACH ROW EXECUTE FUNCTION a87_with_entry('no')
---
CREATE TRIGGER observation_with_entry BEFORE INSERT ON observation
FOR EACH ROW EXECUTE FUNCTION a87_with_entry('entry_no')
