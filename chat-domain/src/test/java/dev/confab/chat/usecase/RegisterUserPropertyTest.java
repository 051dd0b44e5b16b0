package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.port.in.RegisterUser;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class RegisterUserPropertyTest {

    private final RegisterUser registerUser = new UseCases().registerUser();

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void noInputMakesRegistrationFail(@ForAll String email, @ForAll String password, @ForAll String nickname) {
        assertThat(registerUser.register(email, password, nickname)).isNotNull();
        assertThat(registerUser.register(email + "@" + password, nickname + nickname, null))
                .isNotNull();
    }
}
