package dev.confab.chat.model;

/**
 * How many of those who connect and enter rooms are served at the same time.
 *
 * @param atOnce for how many the stores are asked at a time
 * @param waiting how many more may wait to be let in; who comes beyond that is sent away at once
 */
public record AdmissionSettings(int atOnce, int waiting) {

    /** 16 at once, half of a gateway's threads; 20,000 waiting. */
    public static AdmissionSettings defaults() {
        return new AdmissionSettings(16, 20_000);
    }
}
