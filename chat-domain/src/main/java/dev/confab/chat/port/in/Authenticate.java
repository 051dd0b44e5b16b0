package dev.confab.chat.port.in;

import dev.confab.chat.model.Principal;
import java.util.Optional;

/** Tells who holds an access token. Does not block; safe on an event loop. */
public interface Authenticate {

    /** Knows nobody. */
    Authenticate NOBODY = new Authenticate() {
        @Override
        public Optional<Principal> authenticate(String accessToken) {
            return Optional.empty();
        }

        @Override
        public boolean stillHolds(Principal principal) {
            return false;
        }
    };

    /** Empty when the token is malformed, forged, expired or its login was ended. Never throws. */
    Optional<Principal> authenticate(String accessToken);

    /** Whether what a principal proved still holds: not expired, not logged out. */
    boolean stillHolds(Principal principal);
}
