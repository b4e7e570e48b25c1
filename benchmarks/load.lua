-- Threads, each with an app server of its own and the sessions that are its own; each request takes the next session.
local started = 0

function setup(thread)
   started = started + 1
   thread.addr = wrk.lookup("127.0.0.1", os.getenv("PORT" .. started))[1]
   thread:set("number", started)
end

function init()
   cookies, requests, sent = {}, {}, 0
   for method, path in os.getenv("LOAD_REQUESTS"):gmatch("(%S+) (%S+)") do
      requests[#requests + 1] = { method = method, path = path }
   end
   with = os.getenv("LOAD_COOKIES") == "with"
   for line in io.lines(os.getenv("COOKIES") .. number) do
      cookies[#cookies + 1] = line
   end
end

function request()
   sent = sent + 1
   local round = math.floor(sent / #cookies)
   local cookie, each = cookies[sent % #cookies + 1], requests[round % #requests + 1]
   -- a value that differs from the one before, each time that the session's turn comes
   local path = each.path:gsub("%%", tostring(round % 90 + 1))
   return wrk.format(each.method, path, with and { Cookie = cookie } or {})
end

-- At a steady rate each connection pauses between its requests, for a time drawn at random around the one that is set.
local pause = tonumber(os.getenv("LOAD_PAUSE"))
if pause then
   function delay()
      local drawn = math.random() * 2 * pause
      local whole = math.floor(drawn)
      return math.random() < drawn - whole and whole + 1 or whole
   end
end
