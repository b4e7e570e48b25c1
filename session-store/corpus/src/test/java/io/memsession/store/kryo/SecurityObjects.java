package io.memsession.store.kryo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/** What Spring Security 7 keeps in sessions. */
@SuppressWarnings({"all", "serial"})
final class SecurityObjects {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456789Z");
    private static final List<GrantedAuthority> ROLES = AuthorityUtils.createAuthorityList("ROLE_USER", "ROLE_ADMIN");

    private SecurityObjects() {}

    static void fill(Corpus corpus) {
        int i = 0;
        for (Authentication each : authentications()) {
            corpus.when(
                    'J',
                    "context of " + each.getClass().getSimpleName() + " " + i++,
                    new SecurityContextImpl(each),
                    SecurityObjects::same);
        }
        corpus.java("empty context", new SecurityContextImpl())
                .java("authorities", ROLES.toArray())
                .java(
                        "factor",
                        FactorGrantedAuthority.withAuthority("FACTOR_PASSWORD")
                                .issuedAt(NOW)
                                .build())
                .java("csrf", new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "token"))
                .java("details", new WebAuthenticationDetails("127.0.0.1", "SESSION"))
                .java("simple saved request", new SimpleSavedRequest("/orders"))
                .when(
                        'J',
                        "saved request",
                        savedRequest(),
                        (a, b) -> a.getRedirectUrl().equals(b.getRedirectUrl())
                                && a.getHeaderValues("Accept").equals(b.getHeaderValues("accept"))
                                && b.getParameterMap()
                                        .keySet()
                                        .equals(a.getParameterMap().keySet())
                                && a.getCookies()
                                        .get(0)
                                        .getValue()
                                        .equals(b.getCookies().get(0).getValue()))
                .java("id token", idToken())
                .when(
                        'J',
                        "authorization request",
                        authorizationRequest(),
                        (a, b) -> a.getAuthorizationRequestUri().equals(b.getAuthorizationRequestUri())
                                && a.getAttributes().equals(b.getAttributes())
                                && a.getScopes().equals(b.getScopes()))
                .when(
                        'J',
                        "authorized client",
                        authorizedClient(),
                        (a, b) -> a.getAccessToken().equals(b.getAccessToken())
                                && a.getClientRegistration()
                                        .getClientId()
                                        .equals(b.getClientRegistration().getClientId()))
                .java("access token", accessToken())
                .java("jwt", jwt());
        exceptions()
                .forEach(each -> corpus.when(
                        'J',
                        each.getClass().getSimpleName(),
                        each,
                        (a, b) -> a.getMessage().equals(b.getMessage())
                                && a.getStackTrace()[0].equals(b.getStackTrace()[0])));
    }

    /** Of the principals some have no equals, or one that fails on a copy by Java serialization too. */
    private static boolean same(SecurityContextImpl a, SecurityContextImpl b) {
        Authentication one = a.getAuthentication();
        Authentication two = b.getAuthentication();
        if (one.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal) {
            OAuth2AuthenticatedPrincipal other = (OAuth2AuthenticatedPrincipal) two.getPrincipal();
            return principal.getClass() == other.getClass()
                    && principal.getAttributes().equals(other.getAttributes())
                    && List.copyOf(principal.getAuthorities()).equals(List.copyOf(other.getAuthorities()))
                    && one.getName().equals(two.getName())
                    && one.getAuthorities().equals(two.getAuthorities());
        }
        return a.equals(b);
    }

    private static List<Authentication> authentications() {
        User user = new User("ann", "{noop}secret", true, true, false, true, ROLES);
        UsernamePasswordAuthenticationToken withDetails =
                UsernamePasswordAuthenticationToken.authenticated(user, null, ROLES);
        withDetails.setDetails(new WebAuthenticationDetails("10.0.0.1", "abc"));
        List<Authentication> all = new ArrayList<>();
        all.add(UsernamePasswordAuthenticationToken.authenticated(user, "secret", ROLES));
        all.add(UsernamePasswordAuthenticationToken.unauthenticated("ann", "secret"));
        all.add(withDetails);
        all.add(new AnonymousAuthenticationToken("key", "anonymous", ROLES));
        all.add(new RememberMeAuthenticationToken("key", user, ROLES));
        all.add(new PreAuthenticatedAuthenticationToken("ann", "n/a", ROLES));
        all.add(new TestingAuthenticationToken("ann", "secret", ROLES));
        all.add(UsernamePasswordAuthenticationToken.authenticated(
                user, null, List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", withDetails))));
        all.add(new OneTimeTokenAuthenticationToken("one-time"));
        Map<String, Object> attributes = Map.of("sub", "1", "name", "Ann", "groups", new ArrayList<>(List.of("a")));
        all.add(new OAuth2AuthenticationToken(new DefaultOAuth2User(ROLES, attributes, "sub"), ROLES, "github"));
        all.add(new OAuth2AuthenticationToken(
                new DefaultOAuth2User(List.of(new OAuth2UserAuthority(attributes)), attributes, "name"), ROLES, "g"));
        OidcUserInfo info = new OidcUserInfo(Map.of("email", "ann@example.org", "sub", "1"));
        all.add(new OAuth2AuthenticationToken(
                new DefaultOidcUser(List.of(new OidcUserAuthority(idToken(), info)), idToken(), info),
                ROLES,
                "google"));
        all.add(new JwtAuthenticationToken(jwt(), ROLES, "ann"));
        all.add(new BearerTokenAuthentication(
                new DefaultOAuth2AuthenticatedPrincipal("ann", attributes, ROLES), accessToken(), ROLES));
        all.add(new BearerTokenAuthenticationToken("token"));
        return all;
    }

    private static OidcIdToken idToken() {
        return new OidcIdToken(
                "value", NOW, NOW.plusSeconds(60), Map.of("sub", "1", "aud", List.of("client"), "iat", NOW));
    }

    private static OAuth2AccessToken accessToken() {
        return new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "token", NOW, NOW.plusSeconds(60), Set.of("read", "write"));
    }

    private static Jwt jwt() {
        return new Jwt("a.b.c", NOW, NOW.plusSeconds(60), Map.of("alg", "RS256"), Map.of("sub", "ann", "iat", NOW));
    }

    private static ClientRegistration registration() {
        return ClientRegistration.withRegistrationId("github")
                .clientId("client")
                .clientSecret("secret")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .authorizationUri("https://example.org/auth")
                .tokenUri("https://example.org/token")
                .build();
    }

    private static OAuth2AuthorizedClient authorizedClient() {
        return new OAuth2AuthorizedClient(registration(), "ann", accessToken(), new OAuth2RefreshToken("refresh", NOW));
    }

    private static OAuth2AuthorizationRequest authorizationRequest() {
        return OAuth2AuthorizationRequest.authorizationCode()
                .clientId("client")
                .authorizationUri("https://example.org/auth")
                .redirectUri("https://shop/login")
                .scopes(Set.of("openid", "email"))
                .state("state")
                .attributes(Map.of("registration_id", "github"))
                .additionalParameters(Map.of("nonce", "n"))
                .build();
    }

    private static DefaultSavedRequest savedRequest() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/orders");
        request.addHeader("Accept", "text/html");
        request.addParameter("page", "2");
        request.setCookies(new jakarta.servlet.http.Cookie("lang", "en"));
        return new DefaultSavedRequest(request, "continue");
    }

    private static List<Exception> exceptions() {
        Throwable cause = new IllegalStateException("cause", new java.io.IOException("root"));
        return List.of(
                new BadCredentialsException("bad", cause),
                new LockedException("locked"),
                new DisabledException("disabled"),
                new AccountExpiredException("expired"),
                new CredentialsExpiredException("credentials"),
                new UsernameNotFoundException("nobody"),
                new InsufficientAuthenticationException("insufficient"),
                new AuthenticationServiceException("service", cause),
                new SessionAuthenticationException("too many"),
                new OAuth2AuthenticationException(
                        new OAuth2Error("invalid_token", "why", "https://example.org"), cause));
    }
}
