-- Rooms whose messages are kept for another time than those of all others: days, or 0 for ever.
alter table rooms add column retention_days integer;

create index rooms_with_retention on rooms (id) where retention_days is not null;
