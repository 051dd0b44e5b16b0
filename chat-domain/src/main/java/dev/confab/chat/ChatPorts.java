package dev.confab.chat;

import dev.confab.chat.port.out.AccessTokens;
import dev.confab.chat.port.out.EventBus;
import dev.confab.chat.port.out.LoginStore;
import dev.confab.chat.port.out.MessageLog;
import dev.confab.chat.port.out.PasswordHasher;
import dev.confab.chat.port.out.Presence;
import dev.confab.chat.port.out.ReadMarkers;
import dev.confab.chat.port.out.Revocations;
import dev.confab.chat.port.out.RoomStore;
import dev.confab.chat.port.out.Signals;
import dev.confab.chat.port.out.UserStore;

/** One adapter for each outbound port: all that {@link Chat} needs from the outside. Who makes them closes them. */
public record ChatPorts(
        MessageLog messageLog,
        EventBus eventBus,
        RoomStore rooms,
        UserStore users,
        LoginStore logins,
        ReadMarkers readMarkers,
        Presence presence,
        Signals signals,
        Revocations revocations,
        AccessTokens accessTokens,
        PasswordHasher passwordHasher) {}
