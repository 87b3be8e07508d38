CREATE SCHEMA "Editorial";

CREATE TABLE "Editorial"."News.Articles" (
  id bigint PRIMARY KEY,
  slug text NOT NULL,
  "Schlagwörter" text[] NOT NULL
);

INSERT INTO "Editorial"."News.Articles" (id, slug, "Schlagwörter")
SELECT n, 'Article-' || n, ARRAY['tag' || n % 7, 'tag' || n % 11] FROM generate_series(1, 1000) AS n;
