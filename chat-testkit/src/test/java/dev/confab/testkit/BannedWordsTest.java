package dev.confab.testkit;

import dev.confab.chat.inmemory.BannedWords;
import dev.confab.chat.port.out.ContentPolicy;
import java.util.List;

final class BannedWordsTest implements ContentPolicyContract {

    @Override
    public ContentPolicy banning(List<String> words) {
        return new BannedWords(words);
    }
}
