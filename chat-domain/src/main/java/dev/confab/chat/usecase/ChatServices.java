package dev.confab.chat.usecase;

import dev.confab.chat.port.in.AdmitUser;
import dev.confab.chat.port.in.Authenticate;
import dev.confab.chat.port.in.CountUnread;
import dev.confab.chat.port.in.CreateRoom;
import dev.confab.chat.port.in.DeleteMessage;
import dev.confab.chat.port.in.DiscoverRooms;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.in.FetchHistory;
import dev.confab.chat.port.in.FindOutcome;
import dev.confab.chat.port.in.FindRoom;
import dev.confab.chat.port.in.FindUser;
import dev.confab.chat.port.in.JoinRoom;
import dev.confab.chat.port.in.LeaveRoom;
import dev.confab.chat.port.in.ListBans;
import dev.confab.chat.port.in.ListMembers;
import dev.confab.chat.port.in.ListMyRooms;
import dev.confab.chat.port.in.ListOnline;
import dev.confab.chat.port.in.ListReaders;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.chat.port.in.LogIn;
import dev.confab.chat.port.in.LogOut;
import dev.confab.chat.port.in.MarkRead;
import dev.confab.chat.port.in.MeetUser;
import dev.confab.chat.port.in.ModerateRoom;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.chat.port.in.QueryPresence;
import dev.confab.chat.port.in.ReadAuditLog;
import dev.confab.chat.port.in.RefreshLogin;
import dev.confab.chat.port.in.RegisterUser;
import dev.confab.chat.port.in.RenameUser;
import dev.confab.chat.port.in.SearchMessages;
import dev.confab.chat.port.in.SearchUsers;
import dev.confab.chat.port.in.SetNotificationLevel;

/**
 * The services of one running chat, one for each inbound port.
 *
 * @param closing ends what the services listen to
 */
public record ChatServices(
        RegisterUser registerUser,
        LogIn logIn,
        RefreshLogin refreshLogin,
        LogOut logOut,
        Authenticate authenticate,
        MeetUser meetUser,
        AdmitUser admitUser,
        FindUser findUser,
        SearchUsers searchUsers,
        RenameUser renameUser,
        CreateRoom createRoom,
        FindRoom findRoom,
        ListMyRooms listMyRooms,
        JoinRoom joinRoom,
        LeaveRoom leaveRoom,
        ListMembers listMembers,
        DiscoverRooms discoverRooms,
        ModerateRoom moderateRoom,
        ListBans listBans,
        ReadAuditLog readAuditLog,
        PostMessage postMessage,
        EditMessage editMessage,
        DeleteMessage deleteMessage,
        FetchHistory fetchHistory,
        FindOutcome findOutcome,
        MarkRead markRead,
        ListReaders listReaders,
        CountUnread countUnread,
        SetNotificationLevel setNotificationLevel,
        QueryPresence queryPresence,
        ListOnline listOnline,
        SearchMessages searchMessages,
        LiveChat liveChat,
        Runnable closing) {}
