-- Messages by their words. Filled behind the storing of messages, and never in its transaction.

-- How far each room was indexed.
create table search_progress (
    room_id     uuid   primary key,
    indexed_seq bigint not null
) with (fillfactor = 70);

-- Where each word of each room is said: a list of messages, read from its newest end. A list is the room's hash and the
-- word's, so that the lists of a room lie side by side. Hashes may collide; what is found is tried against the words.
create table search_postings (
    list       bigint not null,
    message_id uuid   not null,
    primary key (list, message_id)
);

-- In which lists each message is, so that it can be taken out of them when it is edited or deleted.
create table search_messages (
    room_id    uuid     not null,
    message_id uuid     not null,
    lists      bigint[] not null,
    primary key (room_id, message_id)
);
