CREATE INDEX articles_slug_idx ON "Editorial"."News.Articles" (lower(slug));
CREATE INDEX "Artikel_Schlagwörter_idx" ON "Editorial"."News.Articles" USING gin ("Schlagwörter");
