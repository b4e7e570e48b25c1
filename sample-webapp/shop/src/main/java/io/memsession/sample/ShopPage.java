package io.memsession.sample;

import static io.memsession.sample.Html.escape;

import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one page of the shop: products, cart, and where this session lives. All text in it is escaped. */
final class ShopPage {
    private static final String TEMPLATE = AssetServlet.text("shop.html");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final int COLOURS = 8;

    private final String server;
    private final String contextPath;
    private final String panel;
    private final HttpSession session;

    /** @param panel where the demo's panel is found; empty without one */
    ShopPage(String server, String contextPath, String panel, HttpSession session) {
        this.server = server;
        this.contextPath = contextPath;
        this.panel = panel;
        this.session = session;
    }

    String html() {
        Cart cart = Cart.of(session);
        return TEMPLATE.replace("{panel}", panel())
                .replace("{products}", products())
                .replace("{cart}", cart(cart))
                .replace("{total}", euros(cart.totalCents()))
                .replace("{user}", user())
                .replace("{picture}", picture())
                .replace("{homes}", homes())
                .replace("{history}", history())
                .replace("{server}", server(server));
    }

    private String products() {
        StringBuilder html = new StringBuilder();
        for (Product product : Product.ALL) {
            html.append("<li><span>").append(escape(product.title()));
            html.append("</span><span class=price>")
                    .append(euros(product.cents()))
                    .append("</span>");
            html.append(button("add", product.sku(), "Add", product.title())).append("</li>\n");
        }
        return html.toString();
    }

    private String cart(Cart cart) {
        StringBuilder html = new StringBuilder();
        for (Item item : cart.items()) {
            html.append("<li data-sku=\"").append(escape(item.sku())).append("\" data-quantity=");
            html.append(item.quantity()).append("><span>");
            html.append(item.quantity()).append(" × ").append(escape(item.title()));
            html.append("</span><span class=price>").append(euros(item.quantity() * item.cents()));
            html.append("</span>")
                    .append(button("remove", item.sku(), "Remove", item.title()))
                    .append("</li>\n");
        }
        return html.isEmpty() ? "<li class=quiet>The cart is empty.</li>" : html.toString();
    }

    private String button(String action, String sku, String label, String title) {
        return form(
                action,
                "<input type=hidden name=sku value=\"" + escape(sku) + "\"><button aria-label=\"" + label + ": "
                        + escape(title) + "\">" + label + "</button>");
    }

    private String form(String action, String content) {
        return "<form method=post action=\"" + escape(contextPath) + "/" + action + "\">" + content + "</form>";
    }

    private String user() {
        String user = SessionAnswers.user(session);
        String who = user == null
                ? form(
                        "login",
                        "<input name=user required maxlength=64 pattern=\"[\\w.\\-]+\" placeholder=Name"
                                + " aria-label=Name><button>Log in</button>")
                : "<span>Hello, <b>" + escape(user) + "</b></span>";
        return who + form("logout", "<button>Log out</button>");
    }

    private String picture() {
        String shown = session.getAttribute(PictureServlet.ATTRIBUTE) instanceof Picture picture
                ? "<img src=\"" + escape(contextPath) + "/pictures/" + escape(picture.name())
                        + "\" alt=\"Your picture\">"
                : "";
        return shown + "<form method=post enctype=\"multipart/form-data\" action=\"" + escape(contextPath)
                + "/picture\"><input type=file name=picture required accept=\"image/png,image/jpeg,image/gif\""
                + " aria-label=\"Picture\"><button>Upload</button></form>";
    }

    private String homes() {
        Homes homes = Homes.of(session.getServletContext(), session.getId());
        if (homes == null) {
            return "<li class=quiet>kept in this server's memory</li>";
        }
        StringBuilder html = new StringBuilder();
        homes.all().forEach(home -> html.append(home(home, homes.isPrimary(home))));
        return html.toString();
    }

    private static String home(Map<?, ?> home, boolean primary) {
        boolean up = "up".equals(home.get("state"));
        boolean holds = Boolean.TRUE.equals(home.get("holds"));
        String what = !up ? "down" : holds ? copy(home) : "no copy yet";
        return "<li><span><i class=" + (up && holds ? "good" : up ? "wait" : "bad") + "></i><b>"
                + escape(text(home.get("node"))) + "</b>" + (primary ? " primary" : " backup")
                + "</span><span class=quiet>" + escape(what) + "</span></li>\n";
    }

    private static String copy(Map<?, ?> home) {
        return "version " + text(home.get("version")) + ", " + text(home.get("bytes")) + " bytes";
    }

    private static String text(@Nullable Object value) {
        return value == null ? "?" : value.toString();
    }

    private String history() {
        StringBuilder html = new StringBuilder();
        List<Visit> visits = History.of(session).visits();
        for (int i = visits.size() - 1; i >= 0; i--) {
            Visit visit = visits.get(i);
            html.append("<li>").append(server(visit.server()));
            html.append("<span>").append(escape(visit.path()));
            html.append("</span><time>").append(TIME.format(Instant.ofEpochMilli(visit.at())));
            html.append("</time></li>\n");
        }
        return html.toString();
    }

    private String panel() {
        return panel.isEmpty()
                ? ""
                : "<section class=panel><h2>Break something</h2><iframe src=\"" + panel
                        + "/\" title=\"Kill, hang, resume and restart the servers of this demo\"></iframe><p class=quiet>"
                        + "<a href=\"" + panel
                        + "/\" target=_blank rel=noopener>In a window of its own</a></p></section>";
    }

    /** A colour per server, so that one sees at a glance who answered; timeline.js takes the same. */
    private static String server(String name) {
        return "<span class=\"server colour" + Math.floorMod(name.hashCode(), COLOURS) + "\">" + escape(name)
                + "</span>";
    }

    private static String euros(int cents) {
        return String.format(Locale.ROOT, "%d.%02d €", cents / 100, cents % 100);
    }
}
