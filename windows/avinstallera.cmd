@echo off
rem Takes away the program and its shortcuts; rounds and settings stay. ASCII alone: letters beyond it garble.
setlocal
title uppsikt
set "PLACE=%LOCALAPPDATA%\uppsikt"
chcp 65001 >nul
if not exist "%PLACE%\program\" goto away

rem A folder in use cannot be renamed, so nothing is taken away by halves.
if exist "%PLACE%\program-bort\" rmdir /s /q "%PLACE%\program-bort"
ren "%PLACE%\program" program-bort >nul 2>&1
if exist "%PLACE%\program\" goto running
rmdir /s /q "%PLACE%\program-bort"
if exist "%PLACE%\program-gammal\" rmdir /s /q "%PLACE%\program-gammal"
set "REMOVE=foreach ($place in 'Programs', 'Desktop') { Remove-Item -ErrorAction SilentlyContinue -LiteralPath (Join-Path ([Environment]::GetFolderPath($place)) 'Uppsikt.lnk') }"
powershell -NoProfile -NonInteractive -Command "%REMOVE%" >nul 2>&1
type "%~dp0texter\avinstallerat.txt"
set "ENDED=0"
goto end

:away
type "%~dp0texter\inte-installerat.txt"
set "ENDED=0"
goto end

:running
type "%~dp0texter\igang.txt"
set "ENDED=1"

:end
echo.
if not defined UPPSIKT_QUIET pause
exit /b %ENDED%
