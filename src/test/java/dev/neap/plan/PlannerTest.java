package dev.neap.plan;

import static dev.neap.plan.Plans.ddl;
import static dev.neap.plan.Plans.lines;
import static dev.neap.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.catalog.Answers.ConstraintText;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Answers.Renamed;
import dev.neap.sql.Identifier;
import dev.neap.step.Conduct;
import dev.neap.step.Lock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact SQL of each operation's steps, in order. */
class PlannerTest {

    private static final String ADD = "operations[0].add_column";
    private static final String RENAME = "operations[0].rename_column";

    private static Tables computed() {
        return Tables.users().typed(ADD, "text").immutable(ADD + ".from", "email");
    }

    @Test
    void addsAComputedColumnThatBecomesNotNullAndUniqueAndDropsTheOldOne() {
        Plan plan = plan(
                computed(),
                """
                        operations:
                          - add_column: {name: mail, type: text, from: lower(email), not_null: true}
                          - create_index: {name: users_mail_key, columns: [mail], unique: true}
                        contract:
                          - drop_column: {name: email}
                        irreversible: {backup: none, retention: none, approval: a test}
                        """);

        assertThat(lines(plan))
                .containsExactly(
                        "01-add-column: ALTER TABLE public.users ADD COLUMN mail text",
                        "02-sync: " + SearchPath.FIXED,
                        "02-sync: CREATE OR REPLACE FUNCTION neap.sync_2d711642() RETURNS trigger LANGUAGE plpgsql SET"
                                + " search_path FROM CURRENT SET extra_float_digits = 1 SET bytea_output FROM CURRENT SET"
                                + " intervalstyle FROM CURRENT AS …",
                        "02-sync: CREATE TRIGGER zzz_neap_sync_insert_2d711642 BEFORE INSERT ON public.users FOR EACH"
                                + " ROW EXECUTE FUNCTION neap.sync_2d711642()",
                        "02-sync: CREATE TRIGGER zzz_neap_sync_update_2d711642 BEFORE UPDATE OF email, id ON public.users"
                                + " FOR EACH ROW EXECUTE FUNCTION neap.sync_2d711642()",
                        "02-sync: ALTER TABLE public.users ENABLE ALWAYS TRIGGER zzz_neap_sync_insert_2d711642",
                        "02-sync: ALTER TABLE public.users ENABLE ALWAYS TRIGGER zzz_neap_sync_update_2d711642",
                        "03-backfill: CONVERGENT SET mail = lower(email) WHERE mail IS DISTINCT FROM"
                                + " CAST((lower(email)) AS text)",
                        "04-verify: whole table",
                        "05-check-not-null: ALTER TABLE public.users ADD CONSTRAINT neap_not_null_mail_2d711642 CHECK"
                                + " (mail IS NOT NULL) NOT VALID",
                        "06-validate-not-null: ALTER TABLE public.users VALIDATE CONSTRAINT neap_not_null_mail_2d711642",
                        "07-set-not-null: ALTER TABLE public.users ALTER COLUMN mail SET NOT NULL",
                        "08-drop-check: ALTER TABLE public.users DROP CONSTRAINT IF EXISTS neap_not_null_mail_2d711642",
                        "09-create-index: CREATE UNIQUE INDEX CONCURRENTLY users_mail_key ON public.users USING btree"
                                + " (mail)",
                        "10-gate: all running code writes column mail by itself; no running code reads or writes column"
                                + " email",
                        "11-drop-column: DROP TRIGGER IF EXISTS zzz_neap_sync_insert_2d711642 ON public.users",
                        "11-drop-column: DROP TRIGGER IF EXISTS zzz_neap_sync_update_2d711642 ON public.users",
                        "11-drop-column: DROP FUNCTION IF EXISTS neap.sync_2d711642()",
                        "11-drop-column: ALTER TABLE public.users DROP COLUMN IF EXISTS email");
        assertThat(ddl(plan, "create-index").conduct()).isEqualTo(Conduct.CONCURRENT);
        assertThat(ddl(plan, "validate-not-null").lock()).isEqualTo(Lock.SHARE_UPDATE_EXCLUSIVE);
        assertThat(ddl(plan, "sync").lock()).isEqualTo(Lock.SHARE_ROW_EXCLUSIVE);
        assertThat(ddl(plan, "drop-column").irreversible()).isPresent();
        assertThat(plan.beforeGate()).hasSize(9);
        assertThat(plan.afterGate()).hasSize(1);
        assertThat(plan.undoable().stream().map(planned -> planned.id().value()))
                .containsExactly(
                        "09-create-index", "07-set-not-null", "05-check-not-null", "02-sync", "01-add-column");
    }

    @Test
    void writesTheSyncFunctionForAComputedColumn() {
        Plan plan = plan(
                computed(),
                "operations: [{add_column: {name: mail, type: text, from: \"lower(email)\"}}]");

        assertThat(ddl(plan, "sync").sql().get(1))
                .endsWith(
                        """
                                 AS $neap$
                                #variable_conflict use_column
                                BEGIN
                                IF NOT (TG_OP = 'INSERT' AND NEW.mail IS NOT NULL AND NEW.email IS NULL) THEN
                                  SELECT (lower(email)) INTO NEW.mail FROM (SELECT NEW.*) AS users;
                                END IF;
                                  RETURN NEW;
                                END
                                $neap$""");
    }

    @Test
    void addsAColumnWithAConstantDefaultInOneStepAndVisitsNoRow() {
        Plan plan = plan(
                Tables.users().typed(ADD, "integer").rewrites(ADD + ".default", false),
                "operations: [{add_column: {name: Größe, type: int, default: 0, not_null: true}}]");

        assertThat(lines(plan))
                .containsExactly("01-add-column: ALTER TABLE public.users ADD COLUMN \"Größe\" int DEFAULT 0 NOT NULL");
        assertThat(plan.hasGate()).isFalse();
    }

    @Test
    void setsAVolatileDefaultForNewRowsAndDrawsItOnceForOldOnes() {
        Plan plan = plan(
                Tables.users().typed(ADD, "uuid").rewrites(ADD + ".default", true),
                "operations: [{add_column: {name: token, type: uuid, default: gen_random_uuid(), not_null: true}}]");

        assertThat(lines(plan))
                .containsExactly(
                        "01-add-column: ALTER TABLE public.users ADD COLUMN token uuid",
                        "01-add-column: ALTER TABLE public.users ALTER COLUMN token SET DEFAULT gen_random_uuid()",
                        "02-backfill: CONVERGENT SET token = gen_random_uuid() WHERE token IS NULL",
                        "03-verify: whole table",
                        "04-check-not-null: ALTER TABLE public.users ADD CONSTRAINT neap_not_null_token_2d711642 CHECK"
                                + " (token IS NOT NULL) NOT VALID",
                        "05-validate-not-null: ALTER TABLE public.users VALIDATE CONSTRAINT"
                                + " neap_not_null_token_2d711642",
                        "06-set-not-null: ALTER TABLE public.users ALTER COLUMN token SET NOT NULL",
                        "07-drop-check: ALTER TABLE public.users DROP CONSTRAINT IF EXISTS neap_not_null_token_2d711642");
    }

    @Test
    void renamesAColumnWithItsIndexCheckDefaultAndNotNull() {
        Tables tables = Tables.table("public", "users")
                .notNull("id", "bigint")
                .primaryKey("id")
                .withDefault("mail", "text", "'none'::text")
                .index("users_mail_idx", false, false, "mail")
                .immutable(RENAME + ".from", "mail")
                .renamed(
                        RENAME,
                        new Renamed(
                                List.of(new IndexText(new Identifier("users_mail_idx"), false,
                                        "USING btree (lower(post))")),
                                List.of(new ConstraintText(new Identifier("users_mail_check"), "CHECK ((post <> ''))")),
                                List.of("COMMENT ON COLUMN public.users.post IS 'where letters go'")));

        Plan plan = plan(tables, "operations: [{rename_column: {from: mail, to: post}}]");

        assertThat(lines(plan))
                .containsExactly(
                        "01-add-column: ALTER TABLE public.users ADD COLUMN post text",
                        "01-add-column: COMMENT ON COLUMN public.users.post IS 'where letters go'",
                        "02-sync: " + SearchPath.FIXED,
                        "02-sync: CREATE OR REPLACE FUNCTION neap.sync_2d711642() RETURNS trigger LANGUAGE plpgsql SET"
                                + " search_path FROM CURRENT SET extra_float_digits = 1 SET bytea_output FROM CURRENT SET"
                                + " intervalstyle FROM CURRENT AS …",
                        "02-sync: CREATE TRIGGER zzz_neap_sync_insert_2d711642 BEFORE INSERT ON public.users FOR EACH"
                                + " ROW EXECUTE FUNCTION neap.sync_2d711642()",
                        "02-sync: CREATE TRIGGER zzz_neap_sync_update_2d711642 BEFORE UPDATE OF mail, post, id ON"
                                + " public.users FOR EACH ROW WHEN (pg_catalog.record_image_ne(ROW(NEW.mail), ROW(NEW.post)))"
                                + " EXECUTE FUNCTION neap.sync_2d711642()",
                        "02-sync: ALTER TABLE public.users ENABLE ALWAYS TRIGGER zzz_neap_sync_insert_2d711642",
                        "02-sync: ALTER TABLE public.users ENABLE ALWAYS TRIGGER zzz_neap_sync_update_2d711642",
                        "03-backfill: CONVERGENT SET post = mail WHERE post IS DISTINCT FROM CAST((mail) AS text)",
                        "04-verify: whole table",
                        "05-create-index: CREATE INDEX CONCURRENTLY users_mail_idx_neap_2d711642 ON public.users USING"
                                + " btree (lower(post))",
                        "06-add-constraint: ALTER TABLE public.users ADD CONSTRAINT users_mail_check_neap_2d711642"
                                + " CHECK ((post <> '')) NOT VALID",
                        "07-validate-constraint: ALTER TABLE public.users VALIDATE CONSTRAINT"
                                + " users_mail_check_neap_2d711642",
                        "08-gate: no running code uses column mail any more; all use post",
                        "09-last-look: nothing may meet post IS DISTINCT FROM CAST((mail) AS text)",
                        "10-set-default: ALTER TABLE public.users ALTER COLUMN post SET DEFAULT 'none'::text",
                        "11-drop-column: DROP TRIGGER IF EXISTS zzz_neap_sync_insert_2d711642 ON public.users",
                        "11-drop-column: DROP TRIGGER IF EXISTS zzz_neap_sync_update_2d711642 ON public.users",
                        "11-drop-column: DROP FUNCTION IF EXISTS neap.sync_2d711642()",
                        "11-drop-column: ALTER TABLE public.users DROP COLUMN IF EXISTS mail",
                        "12-rename-index: ALTER INDEX public.users_mail_idx_neap_2d711642 RENAME TO users_mail_idx",
                        "13-rename-constraint: ALTER TABLE public.users RENAME CONSTRAINT"
                                + " users_mail_check_neap_2d711642 TO users_mail_check");
    }

    @Test
    void fillsNullsOfOldAndNewRowsBeforeAColumnBecomesNotNull() {
        Plan plan = plan(
                Tables.users().immutable("operations[0].set_not_null.fill"),
                "operations: [{set_not_null: {column: email, fill: \"'none'\"}}]");

        assertThat(lines(plan).stream().map(line -> line.substring(0, Math.min(line.length(), 60))))
                .containsExactly(
                        "01-sync: SELECT set_config('search_path', concat_ws(', ', (S",
                        "01-sync: CREATE OR REPLACE FUNCTION neap.sync_2d711642() RET",
                        "01-sync: CREATE TRIGGER zzz_neap_sync_insert_2d711642 BEFORE",
                        "01-sync: CREATE TRIGGER zzz_neap_sync_update_2d711642 BEFORE",
                        "01-sync: ALTER TABLE public.users ENABLE ALWAYS TRIGGER zzz_",
                        "01-sync: ALTER TABLE public.users ENABLE ALWAYS TRIGGER zzz_",
                        "02-backfill: CONVERGENT SET email = 'none' WHERE email IS NU",
                        "03-verify: whole table",
                        "04-check-not-null: ALTER TABLE public.users ADD CONSTRAINT n",
                        "05-validate-not-null: ALTER TABLE public.users VALIDATE CONS",
                        "06-set-not-null: ALTER TABLE public.users ALTER COLUMN email",
                        "07-drop-check: ALTER TABLE public.users DROP CONSTRAINT IF E",
                        "08-gate: no running code writes NULL into email",
                        "09-drop-sync: DROP TRIGGER IF EXISTS zzz_neap_sync_insert_2d",
                        "09-drop-sync: DROP TRIGGER IF EXISTS zzz_neap_sync_update_2d",
                        "09-drop-sync: DROP FUNCTION IF EXISTS neap.sync_2d711642()");
        assertThat(ddl(plan, "sync").sql().get(1))
                .contains(
                        """
                                IF NEW.email IS NULL THEN
                                """)
                .contains("SELECT ('none') INTO NEW.email FROM (SELECT NEW.*) AS users;");
    }

    @Test
    void makesAColumnWithoutNullsNotNullAndVisitsNoRow() {
        Plan plan = plan(Tables.users(), "operations: [{set_not_null: {column: email}}]");

        assertThat(plan.steps().stream().map(planned -> planned.id().value()))
                .containsExactly("01-check-not-null", "02-validate-not-null", "03-set-not-null", "04-drop-check");
    }

    @Test
    void buildsAnIndexWithAllItsClauses() {
        Plan plan = plan(
                Tables.users().column("Größe", "int"),
                "operations: [{create_index: {name: Ix, columns: [Größe, lower(email)], using: btree, include: [id],"
                        + " where: email IS NOT NULL}}]");

        assertThat(lines(plan))
                .containsExactly("01-create-index: CREATE INDEX CONCURRENTLY \"Ix\" ON public.users USING btree"
                        + " (\"Größe\", lower(email)) INCLUDE (id) WHERE email IS NOT NULL");
        assertThat(ddl(plan, "create-index").undo().orElseThrow().sql())
                .containsExactly("DROP INDEX CONCURRENTLY public.\"Ix\"");
    }

    @Test
    void dropsAColumnOnlyBehindTheGate() {
        assertThat(lines(plan(Tables.users(), "contract: [{drop_column: {name: email}}]\n" + Plans.NOTE)))
                .containsExactly(
                        "01-gate: no running code reads or writes column email",
                        "02-drop-column: ALTER TABLE public.users DROP COLUMN IF EXISTS email");
    }

    @Test
    void plansTheSameStepsFromTheSameSnapshot() {
        String body = "operations: [{add_column: {name: mail, type: text, from: lower(email)}}]";

        assertThat(plan(computed(), body).fingerprint()).isEqualTo(plan(computed(), body).fingerprint());
        assertThat(plan(computed().column("other", "text"), body).fingerprint())
                .isEqualTo(plan(computed(), body).fingerprint());
    }

    @Test
    void makesAColumnNotNullWithoutACheckSincePostgres18() {
        Tables tables = Tables.users().on(180_006);

        assertThat(lines(plan(tables, "operations: [{set_not_null: {column: email}}]")))
                .containsExactly(
                        "01-refuse-null: ALTER TABLE public.users ADD CONSTRAINT users_email_not_null NOT NULL email NOT"
                                + " VALID",
                        "02-validate-not-null: ALTER TABLE public.users VALIDATE CONSTRAINT users_email_not_null");
    }

    @Test
    void addsAForeignKeyWithItsIndexAndSaysWhichTablesItLocks() {
        Plan plan = plan(
                Tables.users().column("club", "integer"),
                """
                        operations:
                          - add_foreign_key:
                              name: users_club_fkey
                              columns: [club]
                              references: {table: public.clubs, columns: [id]}
                              on_delete: set_null
                              deferrable: deferred
                              index: true
                        """);

        assertThat(lines(plan))
                .containsExactly(
                        "01-create-index: CREATE INDEX CONCURRENTLY users_club_idx ON public.users USING btree (club)",
                        "02-add-constraint: ALTER TABLE public.users ADD CONSTRAINT users_club_fkey FOREIGN KEY (club)"
                                + " REFERENCES public.clubs (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED NOT VALID",
                        "03-validate-constraint: ALTER TABLE public.users VALIDATE CONSTRAINT users_club_fkey");
        assertThat(ddl(plan, "add-constraint").lock()).isEqualTo(Lock.SHARE_ROW_EXCLUSIVE);
        assertThat(ddl(plan, "add-constraint").others().toString()).contains("public.clubs");
        assertThat(ddl(plan, "add-constraint").undo().orElseThrow().lock()).isEqualTo(Lock.ACCESS_EXCLUSIVE);
    }
}
