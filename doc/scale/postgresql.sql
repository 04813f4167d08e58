-- postgresql.sql: reports in PostgreSQL: their table, how they get there, and the survey as a query.
-- SPDX-License-Identifier: MIT
--
--   fromscope report --format json … >reports.json
--   psql -v part=reports -f postgresql.sql <reports.json
--   psql -c 'TABLE survey_groups'
--
-- `part` is a name for what is loaded. Loading a part again replaces it, so none counts twice; all of it is there, or
-- nothing (one transaction). Given without input this only makes the tables.
--
-- Each line goes into a jsonb as it is: the program never prints \u0000, which jsonb refuses, never the same key twice,
-- and no number that is not an integer below 2^63 or a few decimals.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
BEGIN;

-- ---- what is read from one report ----

-- When it was received: the topmost hop whose time can be read. What a sender wrote there may be no time of a calendar.
CREATE OR REPLACE FUNCTION report_received(report jsonb) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT (hop ->> 'date')::timestamptz
    FROM jsonb_array_elements(report -> 'route') WITH ORDINALITY AS hops (hop, number)
    WHERE hop ->> 'date' ~ '^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-](0\d|1[0-5]):[0-5]\d)$'
    ORDER BY number LIMIT 1
$$;

-- Names whose signature verifies, sorted, at most twelve (what a survey keeps).
CREATE OR REPLACE FUNCTION report_signers(report jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(domain ORDER BY domain COLLATE "C"), '{}')
    FROM (SELECT DISTINCT (signature ->> 'domain') COLLATE "C" AS domain
          FROM jsonb_array_elements(report -> 'dkim') AS signature
          WHERE signature ->> 'result' = 'pass' AND signature ->> 'domain' <> ''
          ORDER BY 1 LIMIT 12) AS names
$$;

CREATE OR REPLACE FUNCTION report_network(report jsonb) RETURNS cidr LANGUAGE sql IMMUTABLE AS $$
    SELECT network(set_masklen(address::inet, CASE WHEN address LIKE '%:%' THEN 48 ELSE 24 END))
    FROM (SELECT report #>> '{envelope,client_ip,address}' AS address) AS client
    WHERE address ~ '^[0-9A-Fa-f.:]+$'
$$;

-- "gmail-bulk", "yahoo-bulk", "microsoft-bulk".
CREATE OR REPLACE FUNCTION report_verdict(report jsonb, receiver text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(max(verdict ->> 'result'), 'unknown')
    FROM jsonb_array_elements(report -> 'receivers') AS verdict
    WHERE verdict ->> 'profile' = receiver
$$;

-- The names that count on the chart. RFC 9989 aligns nothing where no record was found; there RFC 7489 says what would be.
CREATE OR REPLACE FUNCTION report_names(report jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN report #>> '{dmarc,rfc9989,reason}' = 'no-record' AND report #> '{dmarc,rfc7489,identifiers}' <> '[]'
           THEN report #> '{dmarc,rfc7489,identifiers}' ELSE report #> '{dmarc,rfc9989,identifiers}' END
$$;

-- Where it stands on the chart: aligned, unaligned, fail or none for 'spf' and 'dkim', by what was proved here (not by
-- --trust); NULL where that is open. The best of its names counts. A name that is not known yet may come out between
-- a best and a worst: it leaves the answer open only where the others do not settle it.
CREATE OR REPLACE FUNCTION report_state(report jsonb, asked text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN min(best) = min(worst) THEN (ARRAY['aligned', 'unaligned', 'fail', 'none'])[min(best)] END
    FROM (SELECT CASE WHEN authenticated THEN CASE WHEN aligned THEN 1 ELSE 2 END WHEN none THEN 4 WHEN asked = 'spf' AND
                      authenticated IS NULL THEN 4 ELSE 3 END AS worst,
                 CASE WHEN NOT authenticated THEN CASE WHEN none THEN 4 ELSE 3 END WHEN NOT aligned THEN 2 ELSE 1 END AS best
          FROM (SELECT (name ->> 'authenticated')::boolean AS authenticated, (name ->> 'aligned')::boolean AS aligned,
                       asked = 'spf' AND name ->> 'authenticated' = 'false' AND report #>> '{spf,mail_from,result}' = 'none' AS none
                FROM jsonb_array_elements(report_names(report)) AS name
                WHERE name ->> 'mechanism' = asked) AS names
          UNION ALL SELECT 4, 4
          -- Pieces of a message without a signature: nobody knows whether the rest had one.
          UNION ALL SELECT 4, 1
          WHERE asked = 'dkim' AND report #>> '{source,fidelity}' = 'fragments' AND report -> 'dkim' = '[]') AS ranges
$$;

-- ---- the tables ----

-- What a survey asks is computed once, when a line comes in. To keep a thousand million messages, leave the column
-- `report` out of a table of your own and fill it from this one, part by part.
CREATE TABLE IF NOT EXISTS reports (
    part            text NOT NULL,
    report          jsonb COMPRESSION lz4 NOT NULL,
    path            text GENERATED ALWAYS AS (report #>> '{source,path}') STORED,
    index           bigint GENERATED ALWAYS AS ((report #>> '{source,index}')::bigint) STORED,
    readable        boolean NOT NULL GENERATED ALWAYS AS (report ? 'dmarc') STORED,
    received        timestamptz GENERATED ALWAYS AS (report_received(report)) STORED,
    author_domain   text GENERATED ALWAYS AS (report #>> '{from,domain}') STORED,
    envelope_domain text GENERATED ALWAYS AS (report #>> '{envelope,mail_from,domain}') STORED,
    signers         text[] GENERATED ALWAYS AS (report_signers(report)) STORED,
    network         cidr GENERATED ALWAYS AS (report_network(report)) STORED,
    dmarc           text GENERATED ALWAYS AS (report #>> '{dmarc,rfc9989,result}') STORED,
    gmail           text GENERATED ALWAYS AS (report_verdict(report, 'gmail-bulk')) STORED,
    yahoo           text GENERATED ALWAYS AS (report_verdict(report, 'yahoo-bulk')) STORED,
    microsoft       text GENERATED ALWAYS AS (report_verdict(report, 'microsoft-bulk')) STORED,
    spf_state       text GENERATED ALWAYS AS (report_state(report, 'spf')) STORED,
    dkim_state      text GENERATED ALWAYS AS (report_state(report, 'dkim')) STORED
);
CREATE INDEX IF NOT EXISTS reports_part ON reports (part);

-- ---- the survey ----

-- The groups of `fromscope survey --format json`, in the same order.
CREATE OR REPLACE VIEW survey_groups AS
    SELECT author_domain, envelope_domain, signers, network, count(*) AS count,
           min(received) AS first, max(received) AS last,
           (array_agg(path ORDER BY received DESC NULLS LAST, path COLLATE "C", index))[1] AS example_path,
           (array_agg(index ORDER BY received DESC NULLS LAST, path COLLATE "C", index))[1] AS example_index,
           dmarc, gmail, yahoo, microsoft
    FROM reports
    WHERE readable
    GROUP BY author_domain, envelope_domain, signers, network, dmarc, gmail, yahoo, microsoft
    ORDER BY count(*) DESC, author_domain COLLATE "C" NULLS FIRST, envelope_domain COLLATE "C" NULLS FIRST,
             signers COLLATE "C", network::text COLLATE "C" NULLS FIRST;

-- What leads, for each group: who changes what, and how many messages it is about.
CREATE OR REPLACE VIEW survey_advice AS
    SELECT author_domain, envelope_domain, signers, network, dmarc, gmail, yahoo, microsoft,
           report #>> '{advice,0,pattern}' AS pattern, report #>> '{advice,0,who}' AS who, count(*) AS count
    FROM reports
    WHERE readable AND report #> '{advice,0}' IS NOT NULL
    GROUP BY author_domain, envelope_domain, signers, network, dmarc, gmail, yahoo, microsoft, pattern, who;

-- The sixteen cells, and in a row of NULL those that have none.
CREATE OR REPLACE VIEW survey_chart AS
    SELECT CASE WHEN placed THEN spf_state END AS spf, CASE WHEN placed THEN dkim_state END AS dkim, count(*) AS count
    FROM (SELECT spf_state, dkim_state,
                 author_domain IS NOT NULL AND spf_state IS NOT NULL AND dkim_state IS NOT NULL
                 AND report_names(report) <> '[]' AS placed
          FROM reports WHERE readable) AS messages
    GROUP BY 1, 2;

CREATE OR REPLACE VIEW survey_totals AS
    SELECT count(*) FILTER (WHERE readable) AS messages, count(*) FILTER (WHERE NOT readable) AS unreadable
    FROM reports;

-- ---- a part comes in ----

-- Text that lies there as it came: it becomes a jsonb once, in the row where it stays.
CREATE TEMPORARY TABLE incoming (line text NOT NULL) ON COMMIT DROP;
ALTER TABLE incoming ALTER COLUMN line SET STORAGE EXTERNAL;
-- No byte of a line means anything to COPY: the program prints neither U+0001 nor U+0002.
\copy incoming FROM pstdin WITH (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')
\if :{?part}
    DELETE FROM reports WHERE part = :'part';
    INSERT INTO reports (part, report) SELECT :'part', line::jsonb FROM incoming;
\endif
COMMIT;
