-- Users are looked for by the beginning of their nickname. lower() goes by the database's own notion of case, on both
-- sides of the comparison; the order is that of code points, so that a beginning is a range of the index. The id, which
-- tells namesakes apart, is left out: else plans may take this index for one of ids.
create index users_by_nickname_beginning on users ((lower(nickname) collate "C"));
