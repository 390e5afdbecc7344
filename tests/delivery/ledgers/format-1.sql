BEGIN TRANSACTION;
CREATE TABLE dots (at REAL NOT NULL);
INSERT INTO "dots" VALUES(1700000001.0);
INSERT INTO "dots" VALUES(1700000002.0);
INSERT INTO "dots" VALUES(1700000003.0);
INSERT INTO "dots" VALUES(1700000004.0);
INSERT INTO "dots" VALUES(1700000009.0);
CREATE TABLE promises (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs, filing TEXT NOT NULL, purpose TEXT NOT NULL,
  recipient TEXT NOT NULL, token TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
  address TEXT, name TEXT NOT NULL, language TEXT NOT NULL,
  state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0,
  reply TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL,
  UNIQUE (filing, purpose, recipient));
INSERT INTO "promises" VALUES(1,1,'2023-06-30/1','issue','11539e816507074fca76ea0ce54f7b25','a25a9eeabf59acc3c4d1d1f4d9744160','<a3b12e1579836cbacaa5f57f829108b1@example.bg>','member0@example.bg','Член 0','bg','sent',1,0.0,'250 2.0.0 ok','2023-06-30T07:10:28+00:00');
INSERT INTO "promises" VALUES(2,1,'2023-06-30/1','issue','71b9fc59d1a0abd1df74f973bbbd9e09','bc519edf569b2392bb4a69a8e20ebe83','<205e5b9905ef2aa613414854821f4fae@example.bg>','member1@example.bg','Член 1','bg','deferred',1,1700000300.0,'450 4.2.1 later','2023-06-30T07:10:28+00:00');
INSERT INTO "promises" VALUES(3,1,'2023-06-30/1','issue','efd9684edaeefde152776216cd9fd82a','97e815896c4a43c3618fbb301a5ea6bd','<b15ca9e331f1a13c48541b2ed8d5a36d@example.bg>',NULL,'','bg','failed',1,0.0,'550 5.1.1 <…> unknown','2023-06-30T07:10:28+00:00');
INSERT INTO "promises" VALUES(4,1,'2023-06-30/1','issue','03cec729b49b01335ab459ba46cfa5e2','32fe5244ecb935a806309af2cc0af60a','<a9f8acd252a602749adc567add1122b6@example.bg>','member3@example.bg','Член 3','bg','unknown',1,0.0,'connection closed','2023-06-30T07:10:28+00:00');
INSERT INTO "promises" VALUES(5,1,'2023-06-30/1','issue','65a6d1f0b3292dfe9d29d798e6906b50','5a875e9b4159d4497f39add5bfc41b1c','<a29e341ff9e7b046bac1a3e97f06e55c@example.bg>','member4@example.bg','Член 4','bg','dot',1,0.0,'','2023-06-30T07:10:28+00:00');
INSERT INTO "promises" VALUES(6,1,'2023-06-30/1','issue','79bf56bf74a1081caa0b875ad6fd5e46','4c4ba43b2c1b384a4d06cd732e717f10','<3f26f0c1c4826a120f0f51c1089f1689@example.bg>','member5@example.bg','Член 5','bg','sending',1,0.0,'','2023-06-30T07:10:28+00:00');
INSERT INTO "promises" VALUES(7,1,'2023-06-30/1','issue','47f398620176c560647268f45ba26880','597733853539182d3d22750000fd3819','<b155e9ae6b4af3e02b7f82790777f9a5@example.bg>','member6@example.bg','Член 6','bg','withdrawn',0,0.0,'','2023-06-30T07:10:28+00:00');
INSERT INTO "promises" VALUES(8,1,'2023-06-30/1','issue','443484fa222036d4cbbcb0b79bb97678','2dfb5b6495f7e197310e622644c32448','<608a02f0b299f118bfffcc7cc6c134e4@example.bg>','member7@example.bg','Член 7','bg','queued',0,0.0,'','2023-06-30T07:10:27+00:00');
INSERT INTO "promises" VALUES(9,1,'2023-06-30/1','issue','d5ff04ba72fb5137e86113ba007a9067','8b26297a1e2e9dd76a86343b33a65f8d','<d2ba2bc6c2b325658d2c65384be5f5f6@example.bg>','member8@example.bg','Член 8','bg','queued',0,0.0,'','2023-06-30T07:10:27+00:00');
CREATE TABLE returns (
  digest TEXT PRIMARY KEY, token TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL);
INSERT INTO "returns" VALUES('eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','97e815896c4a43c3618fbb301a5ea6bd','failed','5.1.1','2023-06-30T07:10:28+00:00');
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, filing TEXT NOT NULL, purpose TEXT NOT NULL, begun TEXT NOT NULL,
  date TEXT NOT NULL, digests TEXT NOT NULL);
INSERT INTO "runs" VALUES(1,'2023-06-30/1','issue','2023-06-30T07:10:27+00:00','Fri, 30 Jun 2023 10:00:00 +0300','bg:1');
CREATE TABLE strikes (
  digest TEXT PRIMARY KEY, recipient TEXT NOT NULL, filing TEXT NOT NULL, cause TEXT NOT NULL,
  weak INTEGER NOT NULL, words TEXT NOT NULL, at TEXT NOT NULL);
INSERT INTO "strikes" VALUES('eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','efd9684edaeefde152776216cd9fd82a','2023-06-30/1','gone',0,'550 <member2@example.bg> unknown','2023-06-30T07:10:28+00:00');
INSERT INTO "strikes" VALUES('ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','','2023-06-30/1','gone',0,'550 <member3@example.bg> unknown','2023-06-30T07:10:28+00:00');
CREATE TABLE suppressed (recipient TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL);
INSERT INTO "suppressed" VALUES('79bf56bf74a1081caa0b875ad6fd5e46','unsubscribed','2023-06-30T07:10:28+00:00');
INSERT INTO "suppressed" VALUES('47f398620176c560647268f45ba26880','complained','2023-06-30T07:10:28+00:00');
INSERT INTO "suppressed" VALUES('efd9684edaeefde152776216cd9fd82a','forgotten','2023-06-30T07:10:28+00:00');
CREATE TABLE tests (filing TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL);
INSERT INTO "tests" VALUES('2023-06-30/1','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2023-06-30T07:10:28+00:00');
CREATE INDEX promises_open ON promises (run, state, tries, id);
CREATE INDEX promises_token ON promises (token);
CREATE INDEX promises_recipient ON promises (recipient);
CREATE INDEX dots_at ON dots (at);
CREATE INDEX strikes_recipient ON strikes (recipient)
;
COMMIT;
PRAGMA user_version=1;
