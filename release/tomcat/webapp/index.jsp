<%@ page contentType="text/plain; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%
  Integer before = (Integer) session.getAttribute("visits");
  int visits = before == null ? 1 : before + 1;
  session.setAttribute("visits", visits);
  out.print(visits);
%>
