package dev.confab.chat.model;

import java.util.UUID;

/** Names a question that one server asks of all others, so that it knows the answers. */
public record InquiryId(UUID value) {

    /** A new one. */
    public static InquiryId random() {
        return new InquiryId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
