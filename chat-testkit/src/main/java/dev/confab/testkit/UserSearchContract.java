package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Page;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserCursor;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.out.UserStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How every {@link UserStore} looks for nicknames. */
public interface UserSearchContract {

    /** The stores under test. */
    StoreFixture stores();

    /** The beginning of all nicknames of one test: the store may hold others' users. */
    private static String beginning() {
        return "n" + UserId.random().toString().substring(0, 13);
    }

    private User add(String nickname) {
        User user = Samples.user(nickname);
        assertThat(stores().users().add(user, Samples.NO_PASSWORD)).isTrue();
        return user;
    }

    private List<String> found(String prefix) {
        return stores().users().search(prefix, null, 100).items().stream()
                .map(User::nickname)
                .toList();
    }

    @Test
    default void aNicknameIsFoundByItsBeginningWhateverItsCase() {
        String begin = beginning();
        User kim = add(begin + "Kim");
        User kimchi = add(begin.toUpperCase(Locale.ROOT) + "kimchi");
        add(begin + "Lee");
        add("x" + begin + "kim");

        assertThat(stores().users().search(begin + "kIM", null, 10).items()).containsExactly(kim, kimchi);
        assertThat(found(begin + "kimc")).containsExactly(kimchi.nickname());
        assertThat(found(begin + "kimono")).isEmpty();
    }

    @Test
    default void aNicknameOfAnyScriptIsFoundByItsBeginning() {
        String begin = beginning();
        add(begin + "김민준");
        add(begin + "김🙂");
        add(begin + "박");

        assertThat(found(begin + "김")).containsExactly(begin + "김민준", begin + "김🙂");
        assertThat(found(begin + "김🙂")).containsExactly(begin + "김🙂");
    }

    @Test
    default void whatIsLookedForIsNoPattern() {
        String begin = beginning();
        add(begin + "a%b_c\\d");
        add(begin + "axbxcxd");

        assertThat(found(begin + "a%")).containsExactly(begin + "a%b_c\\d");
        assertThat(found(begin + "a%b_c\\")).containsExactly(begin + "a%b_c\\d");
        assertThat(found(begin + "_")).isEmpty();
        assertThat(found(begin + "'")).isEmpty();
    }

    @Test
    default void pagesFollowEachOtherByNicknameAlsoAmongTwins() {
        String begin = beginning();
        List<User> users = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> users.add(add(begin + "twin")));
        users.add(add(begin + "a"));
        users.add(add(begin + "Z"));

        List<User> walked = new ArrayList<>();
        @Nullable UserCursor after = null;
        do {
            Page<User, UserCursor> page = stores().users().search(begin, after, 2);
            assertThat(page.items()).hasSizeBetween(1, 2);
            walked.addAll(page.items());
            after = page.nextCursor();
        } while (after != null);

        assertThat(walked).containsExactlyInAnyOrderElementsOf(users).doesNotHaveDuplicates();
        assertThat(walked.getFirst().nickname()).isEqualTo(begin + "a");
        assertThat(walked.getLast().nickname()).isEqualTo(begin + "Z");
    }

    @Test
    default void aNewNicknameIsFoundAndTheOldOneIsNot() {
        String begin = beginning();
        User kim = add(begin + "before");

        stores().users().rename(kim.id(), begin + "after");

        assertThat(found(begin)).containsExactly(begin + "after");
    }
}
