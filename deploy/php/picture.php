<?php
// A customer's picture, read from the same memcacheds by PHP: php picture.php <name>, or under a web server
// picture.php?name=<name>. PICTURE_NODES names the memcacheds: host:port,host:port
//
// Both memcacheds have every picture, so it does not matter which one PHP's client chooses for a key, and when one is
// gone, memcache.allow_failover has it ask the other. One that came back empty answers "not there", which is no failure:
// so then each is asked by itself.
ini_set('memcache.allow_failover', '1');

$name = PHP_SAPI === 'cli' ? ($argv[1] ?? '') : ($_GET['name'] ?? '');
if (!is_string($name) || !preg_match('/\A[0-9a-f]{32}\.(png|jpg|gif)\z/', $name, $found)) {
    http_response_code(400); // nothing but pictures can be asked for, above all no session
    exit(1);
}

function pool(array $nodes): Memcache
{
    $pool = new Memcache();
    foreach ($nodes as $node) {
        $colon = strrpos($node, ':');
        // not persistent, weight 1, a timeout of 1 s, asked again after 1 s
        $pool->addServer(substr($node, 0, $colon), (int) substr($node, $colon + 1), false, 1, 1, 1);
    }
    return $pool;
}

$nodes = explode(',', getenv('PICTURE_NODES') ?: '127.0.0.1:11211');
$picture = @pool($nodes)->get("picture:$name");
foreach ($picture === false ? $nodes : [] as $node) {
    $picture = $picture === false ? @pool([$node])->get("picture:$name") : $picture;
}
if ($picture === false) {
    http_response_code(404);
    exit(1);
}
$types = ['png' => 'image/png', 'jpg' => 'image/jpeg', 'gif' => 'image/gif'];
header('Content-Type: ' . $types[$found[1]]);
header('X-Content-Type-Options: nosniff');
echo $picture;
